<?php

declare(strict_types=1);

/** What the caller is told: a code, and an HTTP status. */
final class Refusal extends Exception
{
    public function __construct(int $status, string $error)
    {
        parent::__construct($error, $status);
    }
}

/**
 * The auth server's status and answer; 503 when it gives none, or one that is not the caller's fault, such as for a wrong
 * POOL_SECRET.
 */
function reach(string $url, ?array $body = null): array
{
    $curl = curl_init($url);
    curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 5]);
    if ($body !== null) {
        $headers = ['Content-Type: application/json'];
        curl_setopt_array($curl, [CURLOPT_POSTFIELDS => json_encode($body), CURLOPT_HTTPHEADER => $headers]);
    }
    $text = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $answer = json_decode((string) $text, true);
    if (!is_array($answer) || in_array($status, [401, 404]) || $status >= 500) {
        error_log("$url: $status " . curl_error($curl));
        throw new Refusal(503, 'auth_server.unavailable');
    }
    return [$status, $answer];
}

/** Calls the auth server as the pool. */
function ask(string $call, array $fields): array
{
    $url = getenv('AUTH_ORIGIN') . "/oauth/$call/" . getenv('USER_POOL_ID');
    [$status, $answer] = reach($url, [...$fields, 'secret' => getenv('POOL_SECRET')]);
    return $status === 200 ? $answer : throw new Refusal($status, $answer['error']);
}

function issuer(): string
{
    return getenv('AUTH_ORIGIN') . '/' . getenv('USER_POOL_ID');
}
