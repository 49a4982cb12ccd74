import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies tokens by the pool's keys. */
final class Tokens {
    private static final List<String> KEYS = Stream.of(System.getenv().getOrDefault("TOKEN_KEYS", "").split(","))
        .filter(key -> !key.isEmpty()).toList();
    private static final long MAX_AGE = seconds("JWKS_MAX_AGE_SECONDS", 300);
    private static final long COOLDOWN = seconds("JWKS_COOLDOWN_SECONDS", 30);
    private Map<String, PublicKey> publicKeys = new HashMap<>();
    private long askedAt = Long.MIN_VALUE / 2;

    /** The claims of a token that the pool signed and that has not expired. Whether it was revoked, only introspection knows. */
    JsonNode claimsOf(String token) throws IOException, InterruptedException {
        try {
            String[] parts = token.split("\\.", -1);
            JsonNode header = AuthServer.JSON.readTree(decoded(parts[0]));
            JsonNode claims = AuthServer.JSON.readTree(decoded(parts[1]));
            boolean isOurs = parts.length == 3
                && isSigned(header, (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), decoded(parts[2]))
                && claims.path("iss").asText().equals(AuthServer.ISSUER)
                && claims.path("aud").asText().equals(AuthServer.POOL)
                && claims.path("exp").asLong() > System.currentTimeMillis() / 1000
                // An id_token has no jti: it is for the app alone.
                && claims.hasNonNull("sub") && claims.hasNonNull("jti");
            if (isOurs) return claims;
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException
                | JacksonException malformed) {
            // Refused like any other.
        }
        throw new AuthServer.Refusal(401, "token.invalid");
    }

    /** The configuration names the algorithm; the token only has to agree. */
    private boolean isSigned(JsonNode header, byte[] message, byte[] signature)
            throws GeneralSecurityException, IOException, InterruptedException {
        if (!header.path("alg").asText().equals(KEYS.isEmpty() ? "ES256" : "HS256")) return false;
        if (KEYS.isEmpty()) {
            PublicKey key = publicKey(header.path("kid").asText());
            if (key == null) return false;
            // The two halves as a JWT has them (RFC 7518, section 3.4), not as a sequence in DER.
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        }
        for (String key : KEYS) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            if (MessageDigest.isEqual(mac.doFinal(message), signature)) return true;
        }
        return false;
    }

    private synchronized PublicKey publicKey(String kid)
            throws GeneralSecurityException, IOException, InterruptedException {
        long age = System.nanoTime() / 1_000_000_000 - askedAt;
        // An unknown key is looked for, but nobody who makes up keys can have that done more often.
        if (age >= MAX_AGE || (!publicKeys.containsKey(kid) && age >= COOLDOWN)) {
            Map<String, PublicKey> published = new HashMap<>();
            for (JsonNode jwk : AuthServer.publicKeys()) published.put(jwk.path("kid").asText(), keyOf(jwk));
            publicKeys = published;
            askedAt = System.nanoTime() / 1_000_000_000;
        }
        return publicKeys.get(kid);
    }

    private static PublicKey keyOf(JsonNode jwk) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
            new BigInteger(1, decoded(jwk.path("x").asText())), new BigInteger(1, decoded(jwk.path("y").asText())));
        ECPublicKeySpec key = new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class));
        return KeyFactory.getInstance("EC").generatePublic(key);
    }

    private static byte[] decoded(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private static long seconds(String name, long otherwise) {
        String set = System.getenv(name);
        return set == null ? otherwise : Long.parseLong(set);
    }
}
