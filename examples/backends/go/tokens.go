package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"errors"
	"math/big"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v4"
)

// subjectOf is whose token it is, if the pool signed it and it has not expired. Whether it was revoked, only introspection
// knows.
func subjectOf(token string) (string, error) {
	tokenKeys := os.Getenv("TOKEN_KEYS")
	if tokenKeys == "" {
		return verify(token, "ES256", publicKey)
	}
	isComma := func(letter rune) bool { return letter == ',' }
	for _, key := range strings.FieldsFunc(tokenKeys, isComma) {
		subject, err := verify(token, "HS256", func(*jwt.Token) (any, error) { return []byte(key), nil })
		if err == nil {
			return subject, nil
		}
	}
	return "", Refusal{401, "token.invalid"}
}

// verify takes the algorithm from the configuration, never from the token.
func verify(token, algorithm string, key jwt.Keyfunc) (string, error) {
	var claims jwt.RegisteredClaims
	_, err := jwt.NewParser(jwt.WithValidMethods([]string{algorithm})).ParseWithClaims(token, &claims, key)
	if errors.Is(err, unavailable) {
		return "", unavailable
	}
	isOurs := claims.VerifyIssuer(issuer, true) && claims.VerifyAudience(userPoolID, true)
	// An id_token has no jti: it is for the app alone.
	isComplete := claims.Subject != "" && claims.ID != "" && claims.VerifyExpiresAt(time.Now(), true)
	if err != nil || !isOurs || !isComplete {
		return "", Refusal{401, "token.invalid"}
	}
	return claims.Subject, nil
}

var published struct {
	sync.Mutex
	keys    map[string]*ecdsa.PublicKey
	askedAt time.Time
}

// publicKey finds the pool's public key by its id.
func publicKey(token *jwt.Token) (any, error) {
	published.Lock()
	defer published.Unlock()
	kid, _ := token.Header["kid"].(string)
	age := time.Since(published.askedAt)
	// An unknown key is looked for, but nobody who makes up keys can have that done more often.
	isDue := published.keys[kid] == nil && age >= seconds("JWKS_COOLDOWN_SECONDS", 30)
	if isDue || age >= seconds("JWKS_MAX_AGE_SECONDS", 300) {
		var jwks struct{ Keys []struct{ Kid, X, Y string } }
		var configuration struct {
			Address string `json:"jwks_uri"`
		}
		if err := reach("GET", issuer+"/.well-known/openid-configuration", nil, &configuration); err != nil {
			return nil, err
		}
		if err := reach("GET", configuration.Address, nil, &jwks); err != nil {
			return nil, err
		}
		published.keys, published.askedAt = map[string]*ecdsa.PublicKey{}, time.Now()
		for _, key := range jwks.Keys {
			published.keys[key.Kid] = &ecdsa.PublicKey{Curve: elliptic.P256(), X: number(key.X), Y: number(key.Y)}
		}
	}
	if published.keys[kid] == nil {
		return nil, errors.New("unknown key")
	}
	return published.keys[kid], nil
}

func number(text string) *big.Int {
	digits, _ := base64.RawURLEncoding.DecodeString(text)
	return new(big.Int).SetBytes(digits)
}

func seconds(name string, otherwise int) time.Duration {
	if number, err := strconv.Atoi(os.Getenv(name)); err == nil {
		otherwise = number
	}
	return time.Duration(otherwise) * time.Second
}
