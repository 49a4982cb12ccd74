import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What a backend asks of the auth server. */
final class AuthServer {
    static final String ORIGIN = System.getenv("AUTH_ORIGIN");
    static final String POOL = System.getenv("USER_POOL_ID");
    static final String ISSUER = ORIGIN + "/" + POOL;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** Whose errors do not quote what was read: it may hold a ticket. */
    static final ObjectMapper JSON = JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    /** What the caller is told: an HTTP status and a code. */
    static final class Refusal extends RuntimeException {
        final int status;

        Refusal(int status, String error) {
            super(error, null, false, false);
            this.status = status;
        }
    }

    /** Calls the auth server as the pool. */
    static JsonNode ask(String call, ObjectNode fields) throws IOException, InterruptedException {
        String body = fields.put("secret", System.getenv("POOL_SECRET")).toString();
        return reach(ORIGIN + "/oauth/" + call + "/" + POOL, request ->
            request.header("content-type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    static JsonNode publicKeys() throws IOException, InterruptedException {
        JsonNode configuration = reach(ISSUER + "/.well-known/openid-configuration", request -> request);
        return reach(configuration.get("jwks_uri").asText(), request -> request).get("keys");
    }

    /** 503 when it gives no answer, or one that is not the caller's fault, such as for a wrong POOL_SECRET. */
    private static JsonNode reach(String url, UnaryOperator<HttpRequest.Builder> kind)
            throws IOException, InterruptedException {
        int status;
        JsonNode answer;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5));
            HttpResponse<String> response = CLIENT.send(kind.apply(request).build(), BodyHandlers.ofString());
            status = response.statusCode();
            answer = JSON.readTree(response.body());
        } catch (IOException error) {
            throw unavailable(url, error);
        }
        if (status == 401 || status == 404 || status >= 500) throw unavailable(url, status);
        if (status != 200) throw new Refusal(status, answer.path("error").asText());
        return answer;
    }

    private static Refusal unavailable(String url, Object why) {
        System.err.println(url + ": " + why);
        return new Refusal(503, "auth_server.unavailable");
    }
}
