<?php

declare(strict_types=1);

require __DIR__ . '/auth_server.php';
require __DIR__ . '/tokens.php';

/** The app hands over the ticket, and the verifier of the challenge it launched with. It has compared `state` itself. */
function login(): array
{
    $body = json_decode(file_get_contents('php://input'), true);
    // Another's website can send a form here, but no JSON.
    if (!is_array($body) || !preg_match('~^application/json\b~i', $_SERVER['CONTENT_TYPE'] ?? '')) {
        throw new Refusal(400, 'request.invalid');
    }
    $fields = ['ticket' => $body['ticket'] ?? null, 'codeVerifier' => $body['codeVerifier'] ?? null];
    $answer = ask('app2wxapp/auth', $fields);
    $user = ['id' => $answer['_id']];
    foreach (['nickname', 'photo', 'phone'] as $field) {
        $user[$field] = $answer[$field];
    }
    $session = ['user' => $user, 'token' => $answer['token']];
    $id = bin2hex(random_bytes(32));
    $expires = strtotime($answer['tokenExpiredAt']);
    // In this server's memory, for want of your database.
    apcu_store("session.$id", $session, $expires - time());
    set_cookie($id, $expires);
    return $session;
}

function me(): array
{
    $session = session() ?? throw new Refusal(401, 'session.invalid');
    if (!ask('introspect', ['token' => $session['token']])['active']) {
        apcu_delete(session_key());
        throw new Refusal(401, 'session.invalid');
    }
    return ['user' => $session['user']];
}

function logout(): null
{
    $session = session();
    if ($session !== null) {
        // First: who is told that they are signed out must not leave a token behind.
        ask('revoke', ['token' => $session['token']]);
    }
    apcu_delete(session_key());
    set_cookie('', 1);
    return null;
}

/** What a client carries its token to. */
function resource(): array
{
    preg_match('/^Bearer +(\S+)$/i', $_SERVER['HTTP_AUTHORIZATION'] ?? '', $found);
    return ['userId' => claims_of($found[1] ?? '')['sub']];
}

function session_key(): string
{
    $id = $_COOKIE['session'] ?? '';
    return 'session.' . (is_string($id) ? $id : '');
}

function session(): ?array
{
    return apcu_fetch(session_key()) ?: null;
}

function set_cookie(string $id, int $expires): void
{
    $attributes = ['path' => '/', 'httponly' => true, 'secure' => true, 'samesite' => 'Lax'];
    setcookie('session', $id, ['expires' => $expires, ...$attributes]);
}

try {
    $answer = match ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        'POST /login' => login(),
        'GET /me' => me(),
        'POST /logout' => logout(),
        'GET /api/resource' => resource(),
        default => throw new Refusal(404, 'request.invalid'),
    };
    $status = $answer === null ? 204 : 200;
} catch (Refusal $refusal) {
    [$status, $answer] = [$refusal->getCode(), ['error' => $refusal->getMessage()]];
} catch (Throwable $error) {
    error_log($error->getMessage() . ' at ' . $error->getFile() . ':' . $error->getLine());
    [$status, $answer] = [500, ['error' => 'server.unexpected']];
}
http_response_code($status);
if ($status === 401) {
    header('WWW-Authenticate: Bearer');
}
if ($answer !== null) {
    header('Content-Type: application/json');
    echo json_encode($answer);
}
