<?php

declare(strict_types=1);

/** The claims of a token that the pool signed and that has not expired. Whether it was revoked, only introspection knows. */
function claims_of(string $token): array
{
    $parts = explode('.', $token);
    $header = json_decode(decoded($parts[0]), true);
    $claims = json_decode(decoded($parts[1] ?? ''), true);
    $isOurs =
        count($parts) === 3 &&
        is_array($header) &&
        is_array($claims) &&
        is_signed($header, "$parts[0].$parts[1]", decoded($parts[2])) &&
        ($claims['iss'] ?? null) === issuer() &&
        ($claims['aud'] ?? null) === getenv('USER_POOL_ID') &&
        ($claims['exp'] ?? 0) > time() &&
        // An id_token has no jti: it is for the app alone.
        isset($claims['sub'], $claims['jti']);
    return $isOurs ? $claims : throw new Refusal(401, 'token.invalid');
}

function is_signed(array $header, string $message, string $signature): bool
{
    // The configuration names the algorithm; the token only has to agree.
    $keys = getenv('TOKEN_KEYS');
    if (($header['alg'] ?? null) !== ($keys ? 'HS256' : 'ES256')) {
        return false;
    }
    if (!$keys) {
        $key = public_key($header['kid'] ?? null);
        return $key !== null && openssl_verify($message, der($signature), $key, OPENSSL_ALGO_SHA256) === 1;
    }
    foreach (array_filter(explode(',', $keys)) as $key) {
        if (hash_equals(hash_hmac('sha256', $message, $key, true), $signature)) {
            return true;
        }
    }
    return false;
}

/** The pool's public key with this id, as PEM. */
function public_key(mixed $kid): ?string
{
    $known = apcu_fetch('public_keys') ?: ['keys' => [], 'asked_at' => 0];
    $find = fn(array $keys) => current(array_filter($keys, fn($key) => $key['kid'] === $kid)) ?: null;
    $age = time() - $known['asked_at'];
    // An unknown key is looked for, but nobody who makes up keys can have that done more often.
    $isDue = $find($known['keys']) === null && $age >= seconds('JWKS_COOLDOWN_SECONDS', 30);
    if ($isDue || $age >= seconds('JWKS_MAX_AGE_SECONDS', 300)) {
        [, $configuration] = reach(issuer() . '/.well-known/openid-configuration');
        [, $published] = reach($configuration['jwks_uri']);
        $known = [...$published, 'asked_at' => time()];
        apcu_store('public_keys', $known);
    }
    $key = $find($known['keys']);
    // What stands before the two coordinates of a key on P-256 (RFC 5480).
    $start = hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
    $pem = fn(array $key) => chunk_split(base64_encode($start . decoded($key['x']) . decoded($key['y'])), 64, "\n");
    return $key === null ? null : "-----BEGIN PUBLIC KEY-----\n{$pem($key)}-----END PUBLIC KEY-----\n";
}

/** A signature's two halves (RFC 7518, section 3.4) as OpenSSL wants them: a sequence of two integers. */
function der(string $signature): string
{
    $integer = function (string $half): string {
        $number = ltrim($half, "\0");
        $number = $number === '' || ord($number[0]) > 0x7f ? "\0$number" : $number;
        return "\x02" . chr(strlen($number)) . $number;
    };
    $numbers = strlen($signature) === 64 ? implode(array_map($integer, str_split($signature, 32))) : '';
    return "\x30" . chr(strlen($numbers)) . $numbers;
}

function decoded(string $base64url): string
{
    return base64_decode(strtr($base64url, '-_', '+/'), true) ?: '';
}

function seconds(string $name, int $otherwise): int
{
    $set = getenv($name);
    return $set === false ? $otherwise : (int) $set;
}
