import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app's backend: login, session, token. */
public final class Backend {
    record Session(JsonNode user, String token) {}

    /** Here, they end with the process: yours belong into your database. */
    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();
    private static final Tokens TOKENS = new Tokens();
    private static final SecureRandom RANDOM = new SecureRandom();

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", Backend::handle);
        server.start();
        System.out.println("http://127.0.0.1:" + port);
    }

    private static void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        JsonNode answer;
        try (exchange) {
            try {
                answer = switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                    case "POST /login" -> login(exchange);
                    case "GET /me" -> me(exchange);
                    case "POST /logout" -> logout(exchange);
                    case "GET /api/resource" -> resource(exchange);
                    default -> throw new AuthServer.Refusal(404, "request.invalid");
                };
            } catch (AuthServer.Refusal refusal) {
                status = refusal.status;
                answer = object().put("error", refusal.getMessage());
            } catch (Exception error) {
                error.printStackTrace();
                status = 500;
                answer = object().put("error", "server.unexpected");
            }
            if (status == 401) exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            if (answer == null) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(AuthServer.JSON.writeValueAsBytes(answer));
        }
    }

    /** The app hands over the ticket, and the verifier of the challenge it launched with. It has compared `state` itself. */
    private static JsonNode login(HttpExchange exchange) throws IOException, InterruptedException {
        // Another's website can send a form here, but no JSON.
        boolean isJson = !first(exchange, "Content-Type", "(?i)^(application/json)\\b").isEmpty();
        if (!isJson) throw new AuthServer.Refusal(400, "request.invalid");
        JsonNode body;
        try {
            body = AuthServer.JSON.readTree(exchange.getRequestBody().readNBytes(1 << 16));
        } catch (JacksonException notJson) {
            throw new AuthServer.Refusal(400, "request.invalid");
        }
        ObjectNode fields = object();
        fields.set("ticket", body.get("ticket"));
        fields.set("codeVerifier", body.get("codeVerifier"));
        JsonNode answer = AuthServer.ask("app2wxapp/auth", fields);
        ObjectNode user = object().put("id", answer.get("_id").asText());
        for (String field : new String[] {"nickname", "photo", "phone"}) user.set(field, answer.get(field));
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Session session = new Session(user, answer.get("token").asText());
        SESSIONS.put(id, session);
        setCookie(exchange, id, Duration.between(Instant.now(), Instant.parse(answer.get("tokenExpiredAt").asText())));
        return object().put("token", session.token).set("user", user);
    }

    private static JsonNode me(HttpExchange exchange) throws IOException, InterruptedException {
        Session session = SESSIONS.get(idOf(exchange));
        if (session == null) throw new AuthServer.Refusal(401, "session.invalid");
        if (!AuthServer.ask("introspect", object().put("token", session.token)).get("active").asBoolean()) {
            SESSIONS.remove(idOf(exchange));
            throw new AuthServer.Refusal(401, "session.invalid");
        }
        return object().set("user", session.user);
    }

    private static JsonNode logout(HttpExchange exchange) throws IOException, InterruptedException {
        Session session = SESSIONS.get(idOf(exchange));
        // First: who is told that they are signed out must not leave a token behind.
        if (session != null) AuthServer.ask("revoke", object().put("token", session.token));
        SESSIONS.remove(idOf(exchange));
        setCookie(exchange, "", Duration.ZERO);
        return null;
    }

    /** What a client carries its token to. */
    private static JsonNode resource(HttpExchange exchange) throws IOException, InterruptedException {
        String token = first(exchange, "Authorization", "(?i)^Bearer +(\\S+)$");
        return object().set("userId", TOKENS.claimsOf(token).get("sub"));
    }

    private static String idOf(HttpExchange exchange) {
        return first(exchange, "Cookie", "(?:^|; )session=([\\w-]+)");
    }

    private static String first(HttpExchange exchange, String header, String pattern) {
        String value = exchange.getRequestHeaders().getFirst(header);
        Matcher found = Pattern.compile(pattern).matcher(value == null ? "" : value);
        return found.find() ? found.group(1) : "";
    }

    private static void setCookie(HttpExchange exchange, String id, Duration lifetime) {
        String attributes = "; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=" + lifetime.toSeconds();
        exchange.getResponseHeaders().set("Set-Cookie", "session=" + id + attributes);
    }

    private static ObjectNode object() {
        return AuthServer.JSON.createObjectNode();
    }
}
