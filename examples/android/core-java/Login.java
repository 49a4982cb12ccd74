package com.example.app.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.IntFunction;

/** One login in progress. {@link #stored} and {@link #restore} carry it over the end of the process. */
public final class Login {
  /** The applet's attempt lives 10 minutes, and a ticket handed over at its end at most 10 more. */
  private static final long LIFETIME_MS = 20 * 60_000L;

  public final String path;
  public final String state;
  public final String codeVerifier;
  /** Epoch milliseconds. */
  public final long expiresAt;
  public final boolean answered;

  public Login(String path, String state, String codeVerifier, long expiresAt, boolean answered) {
    this.path = path;
    this.state = state;
    this.codeVerifier = codeVerifier;
    this.expiresAt = expiresAt;
    this.answered = answered;
  }

  /** A path to open, with a state and a PKCE verifier of its own. */
  public static Login start(String userPoolId, boolean getPhone, long now) {
    return start(userPoolId, getPhone, now, count -> {
      byte[] bytes = new byte[count];
      new SecureRandom().nextBytes(bytes);
      return bytes;
    });
  }

  static Login start(String userPoolId, boolean getPhone, long now, IntFunction<byte[]> random) {
    String state = base64url(random.apply(16));
    String codeVerifier = base64url(random.apply(32));
    String path = "routes/explore?userPoolId=" + userPoolId + "&getPhone=" + (getPhone ? 1 : 0)
        + "&fromApp=1&useSelfWxapp=0&state=" + state + "&codeChallenge=" + base64url(sha256(codeVerifier));
    return new Login(path, state, codeVerifier, now + LIFETIME_MS, false);
  }

  public String stored() {
    return String.join("\n", path, state, codeVerifier, String.valueOf(expiresAt));
  }

  /** Null for anything that {@link #stored} did not write, and for a login that has expired. */
  public static Login restore(String stored, long now) {
    String[] lines = stored == null ? new String[0] : stored.split("\n");
    if (lines.length != 4 || !lines[3].matches("[0-9]{1,15}")) return null;
    long expiresAt = Long.parseLong(lines[3]);
    return now < expiresAt ? new Login(lines[0], lines[1], lines[2], expiresAt, false) : null;
  }

  Login asAnswered() {
    return new Login(path, state, codeVerifier, expiresAt, true);
  }

  private static byte[] sha256(String ascii) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException error) {
      throw new IllegalStateException(error); // every Java and Android has SHA-256
    }
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
