package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log"
	"mime"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type User struct {
	ID       string  `json:"id"`
	Nickname string  `json:"nickname"`
	Photo    string  `json:"photo"`
	Phone    *string `json:"phone"`
}

type Session struct {
	User  User   `json:"user"`
	Token string `json:"token"`
}

// Here, they end with the process: yours belong into your database.
var sessions sync.Map

var invalidSession = Refusal{401, "session.invalid"}

// login is given the ticket, and the verifier of the challenge the app launched with. The app has compared `state` itself.
func login(w http.ResponseWriter, request *http.Request) (any, error) {
	var body struct{ Ticket, CodeVerifier any }
	// Another's website can send a form here, but no JSON.
	kind, _, _ := mime.ParseMediaType(request.Header.Get("Content-Type"))
	if kind != "application/json" {
		return nil, Refusal{400, "request.invalid"}
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, request.Body, 1<<16)).Decode(&body); err != nil {
		return nil, Refusal{400, "request.invalid"}
	}
	var answer struct {
		User
		ID             string `json:"_id"`
		Token          string
		TokenExpiredAt time.Time
	}
	fields := map[string]any{"ticket": body.Ticket, "codeVerifier": body.CodeVerifier}
	if err := ask("app2wxapp/auth", fields, &answer); err != nil {
		return nil, err
	}
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	session := &Session{answer.User, answer.Token}
	session.User.ID = answer.ID
	id := base64.RawURLEncoding.EncodeToString(random)
	sessions.Store(id, session)
	setCookie(w, id, answer.TokenExpiredAt)
	return session, nil
}

func me(_ http.ResponseWriter, request *http.Request) (any, error) {
	id, session := sessionOf(request)
	if session == nil {
		return nil, invalidSession
	}
	var introspection struct{ Active bool }
	if err := ask("introspect", map[string]any{"token": session.Token}, &introspection); err != nil {
		return nil, err
	}
	if !introspection.Active {
		sessions.Delete(id)
		return nil, invalidSession
	}
	return map[string]User{"user": session.User}, nil
}

func logout(w http.ResponseWriter, request *http.Request) (any, error) {
	id, session := sessionOf(request)
	if session != nil {
		// First: who is told that they are signed out must not leave a token behind.
		if err := ask("revoke", map[string]any{"token": session.Token}, &struct{}{}); err != nil {
			return nil, err
		}
	}
	sessions.Delete(id)
	setCookie(w, "", time.Unix(1, 0))
	return nil, nil
}

// resource is what a client carries its token to.
func resource(_ http.ResponseWriter, request *http.Request) (any, error) {
	token := strings.TrimPrefix(request.Header.Get("Authorization"), "Bearer ")
	subject, err := subjectOf(token)
	return map[string]string{"userId": subject}, err
}

func sessionOf(request *http.Request) (string, *Session) {
	cookie, err := request.Cookie("session")
	if err != nil {
		return "", nil
	}
	known, _ := sessions.Load(cookie.Value)
	session, _ := known.(*Session)
	return cookie.Value, session
}

func setCookie(w http.ResponseWriter, id string, expires time.Time) {
	cookie := http.Cookie{Name: "session", Value: id, Path: "/", Expires: expires}
	cookie.HttpOnly, cookie.Secure, cookie.SameSite = true, true, http.SameSiteLaxMode
	http.SetCookie(w, &cookie)
}

// handle answers a handler's result as JSON: 204 without one, a refusal's status and code, or 500.
func handle(method, path string, handler func(http.ResponseWriter, *http.Request) (any, error)) {
	http.HandleFunc(path, func(w http.ResponseWriter, request *http.Request) {
		if request.Method != method {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		status := http.StatusOK
		answer, err := handler(w, request)
		var refusal Refusal
		if err != nil {
			if !errors.As(err, &refusal) {
				log.Print(err)
				refusal = Refusal{http.StatusInternalServerError, "server.unexpected"}
			}
			status, answer = refusal.status, map[string]string{"error": refusal.code}
		} else if answer == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(answer)
	})
}

func main() {
	handle("POST", "/login", login)
	handle("GET", "/me", me)
	handle("POST", "/logout", logout)
	handle("GET", "/api/resource", resource)
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	log.Print("http://127.0.0.1:" + port)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
