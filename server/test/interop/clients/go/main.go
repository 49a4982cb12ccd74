// A backend with golang.org/x/oauth2, coreos/go-oidc and golang-jwt: each line is a login, each answer the person's id or why
// a token is refused.
package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"os"

	oidc "github.com/coreos/go-oidc"
	"github.com/golang-jwt/jwt"
	"golang.org/x/oauth2"
)

type login struct {
	Issuer, ClientID, Secret, Method, Ticket, Verifier string
	Expected                                           struct{ Issuer, Audience, Nonce string }
}

func signIn(l login) (string, error) {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, l.Issuer)
	if err != nil {
		return "", err
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if l.Method == "client_secret_post" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	config := oauth2.Config{ClientID: l.ClientID, ClientSecret: l.Secret, Endpoint: endpoint}
	token, err := config.Exchange(ctx, l.Ticket, oauth2.SetAuthURLParam("code_verifier", l.Verifier))
	if err != nil {
		return "", err
	}
	expected, err := oidc.NewProvider(ctx, l.Expected.Issuer)
	if err != nil {
		return "", err
	}
	raw, _ := token.Extra("id_token").(string)
	// Version 3 reads the algorithm of the discovery document; this one has to be told.
	settings := oidc.Config{ClientID: l.Expected.Audience, SupportedSigningAlgs: []string{oidc.ES256}}
	id, err := expected.Verifier(&settings).Verify(ctx, raw)
	if err != nil {
		return "", err
	}
	if id.Nonce != l.Expected.Nonce {
		return "", errors.New("another nonce")
	}
	if err := id.VerifyAccessToken(token.AccessToken); err != nil {
		return "", err
	}
	info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return "", err
	}
	claims := jwt.MapClaims{}
	parser := jwt.Parser{ValidMethods: []string{"ES256"}}
	_, err = parser.ParseWithClaims(token.AccessToken, claims, func(t *jwt.Token) (interface{}, error) {
		return keyOf(provider, t.Header["kid"])
	})
	if err != nil {
		return "", err
	}
	if !claims.VerifyAudience(l.ClientID, true) || !claims.VerifyIssuer(l.Issuer, true) {
		return "", errors.New("the access token is another pool's")
	}
	if info.Subject != id.Subject || claims["sub"] != id.Subject {
		return "", errors.New("the tokens are of different people")
	}
	return id.Subject, nil
}

func keyOf(provider *oidc.Provider, kid interface{}) (*ecdsa.PublicKey, error) {
	var at struct {
		JWKS string `json:"jwks_uri"`
	}
	if err := provider.Claims(&at); err != nil {
		return nil, err
	}
	response, err := http.Get(at.JWKS)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var set struct{ Keys []struct{ Kid, X, Y string } }
	if err := json.NewDecoder(response.Body).Decode(&set); err != nil {
		return nil, err
	}
	for _, key := range set.Keys {
		if key.Kid == kid {
			x, _ := base64.RawURLEncoding.DecodeString(key.X)
			y, _ := base64.RawURLEncoding.DecodeString(key.Y)
			return &ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}, nil
		}
	}
	return nil, errors.New("no such key")
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var l login
		err := json.Unmarshal(lines.Bytes(), &l)
		var person string
		if err == nil {
			person, err = signIn(l)
		}
		if err != nil {
			person = "refused " + err.Error()
		}
		fmt.Println(person)
	}
}
