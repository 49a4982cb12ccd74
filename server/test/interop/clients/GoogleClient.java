import com.google.api.client.auth.oauth2.AuthorizationCodeTokenRequest;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.openidconnect.IdToken;
import com.google.api.client.auth.openidconnect.IdTokenResponse;
import com.google.api.client.auth.openidconnect.IdTokenVerifier;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;

/** A backend with Google's OAuth client: each line is a login, each answer the person's id or why the id_token is refused. */
public class GoogleClient {
  static final NetHttpTransport HTTP = new NetHttpTransport();

  static JsonObject get(String address) throws Exception {
    var request = HTTP.createRequestFactory().buildGetRequest(new GenericUrl(address));
    return JsonParser.parseString(request.execute().parseAsString()).getAsJsonObject();
  }

  static String signIn(JsonObject login) throws Exception {
    var issuer = login.get("issuer").getAsString();
    var id = login.get("clientId").getAsString();
    var secret = login.get("secret").getAsString();
    var at = get(issuer + "/.well-known/openid-configuration");
    HttpExecuteInterceptor authentication =
        login.get("method").getAsString().equals("client_secret_post")
            ? new ClientParametersAuthentication(id, secret)
            : new BasicAuthentication(id, secret);
    var request =
        new AuthorizationCodeTokenRequest(
            HTTP,
            GsonFactory.getDefaultInstance(),
            new GenericUrl(at.get("token_endpoint").getAsString()),
            login.get("ticket").getAsString());
    request.setClientAuthentication(authentication);
    request.set("code_verifier", login.get("verifier").getAsString());
    var token = IdTokenResponse.execute(request);
    IdToken idToken = token.parseIdToken();

    var expected = login.getAsJsonObject("expected");
    var keys = get(expected.get("issuer").getAsString() + "/.well-known/openid-configuration").get("jwks_uri");
    var verifier =
        new IdTokenVerifier.Builder()
            .setIssuer(expected.get("issuer").getAsString())
            .setAudience(List.of(expected.get("audience").getAsString()))
            .setCertificatesLocation(keys.getAsString())
            .build();
    if (!idToken.verifyAudience(verifier.getAudience())) return "refused: another audience";
    if (!idToken.verifyIssuer(verifier.getIssuers())) return "refused: another issuer";
    if (!verifier.verify(idToken)) return "refused: not signed by this issuer, or expired";
    if (!expected.get("nonce").getAsString().equals(idToken.getPayload().getNonce())) return "refused: another nonce";
    return idToken.getPayload().getSubject();
  }

  public static void main(String[] arguments) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      String answer;
      try {
        answer = signIn(JsonParser.parseString(line).getAsJsonObject());
      } catch (Exception error) {
        answer = "refused: " + error.toString().replace('\n', ' ');
      }
      System.out.println(answer);
    }
  }
}
