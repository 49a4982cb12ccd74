package com.example.app.login;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came back from the applet. Fields that do not belong to the outcome are null or 0. */
public final class Answer {
  public enum Outcome { GRANTED, CANCELLED, FAILED, IGNORED }

  private static final List<Integer> CODES = Arrays.asList(200, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503);

  public final Outcome outcome;
  /** GRANTED */
  public final String ticket;
  /** FAILED */
  public final int code;
  public final String message;
  /** IGNORED: nothing happens, the login goes on waiting. */
  public final String reason;

  private Answer(Outcome outcome, String ticket, int code, String message, String reason) {
    this.outcome = outcome;
    this.ticket = ticket;
    this.code = code;
    this.message = message;
    this.reason = reason;
  }

  /** Reads the string WeChat handed over against the login that waits for it. Never throws. */
  public static Answer judge(Login login, String text, long now) {
    Map<String, String> pairs = pairsOf(text);
    String number = pairs == null ? "" : pairs.getOrDefault("code", "");
    if (!number.matches("[1-9][0-9]{2}")) return ignored("unreadable");
    if (login == null) return ignored("no-login");
    String state = pairs.getOrDefault("state", "");
    if (state.isEmpty()) return ignored("no-state");
    if (!state.equals(login.state)) return ignored("other-login");
    if (login.answered) return ignored("answered");
    if (now >= login.expiresAt) return ignored("expired");

    // A code of a newer applet counts as a server error.
    int code = CODES.contains(Integer.valueOf(number)) ? Integer.parseInt(number) : 500;
    String message = pairs.getOrDefault("message", "");
    if (code == 400) return new Answer(Outcome.CANCELLED, null, 0, null, null);
    if (code != 200) return new Answer(Outcome.FAILED, null, code, message, null);
    String ticket = pairs.getOrDefault("ticket", "");
    return ticket.matches("[A-Za-z0-9_-]{43}")
        ? new Answer(Outcome.GRANTED, ticket, 0, null, null)
        : new Answer(Outcome.FAILED, null, 500, message, null);
  }

  private static Answer ignored(String reason) {
    return new Answer(Outcome.IGNORED, null, 0, null, reason);
  }

  /** The pairs of a query string, which may have been percent-encoded on the way, wholly or in part; null for anything else. */
  private static Map<String, String> pairsOf(String text) {
    if (text == null || text.length() > 4096) return null;
    String query = trimmed(text);
    for (int times = 0; times < 2 && !(query.contains("=") && query.contains("&")); times++) query = trimmed(decoded(query));
    Map<String, String> pairs = new HashMap<>();
    for (String pair : query.split("&")) {
      int at = pair.indexOf('=');
      if (at < 1) continue;
      if (pairs.put(pair.substring(0, at).trim(), decoded(pair.substring(at + 1).trim())) != null) return null;
    }
    return pairs;
  }

  private static String trimmed(String text) {
    String query = text.trim();
    return query.startsWith("?") ? query.substring(1) : query;
  }

  /** The text itself when it holds a broken percent escape, as a message for people may. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
    } catch (IllegalArgumentException | UnsupportedEncodingException error) {
      return text;
    }
  }
}
