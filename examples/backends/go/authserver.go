package main

import (
	"bytes"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"
)

var (
	authOrigin = os.Getenv("AUTH_ORIGIN")
	userPoolID = os.Getenv("USER_POOL_ID")
	issuer     = authOrigin + "/" + userPoolID
	client     = http.Client{Timeout: 5 * time.Second}
)

// Refusal is what the caller is told: an HTTP status and a code.
type Refusal struct {
	status int
	code   string
}

func (r Refusal) Error() string { return r.code }

var unavailable = Refusal{503, "auth_server.unavailable"}

// reach reads the auth server's answer; 503 when it gives none, or one that is not the caller's fault, such as for a wrong
// POOL_SECRET.
func reach(method, url string, body []byte, answer any) error {
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("content-type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		log.Print(err)
		return unavailable
	}
	defer response.Body.Close()
	status := response.StatusCode
	var refused struct{ Error string }
	if status != 200 {
		answer = &refused
	}
	err = json.NewDecoder(response.Body).Decode(answer)
	if err != nil || status == 401 || status == 404 || status >= 500 {
		log.Printf("%s: %d %v", url, status, err)
		return unavailable
	}
	if status != 200 {
		return Refusal{status, refused.Error}
	}
	return nil
}

// ask calls the auth server as the pool.
func ask(call string, fields map[string]any, answer any) error {
	fields["secret"] = os.Getenv("POOL_SECRET")
	body, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	return reach("POST", authOrigin+"/oauth/"+call+"/"+userPoolID, body, answer)
}
