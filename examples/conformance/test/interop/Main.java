package com.example.app.login;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads one call a line from standard input, fields apart by tabs, text in base64; answers one line each. */
public final class Main {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    Map<String, Login> logins = new HashMap<>();
    LoginState state = LoginState.SIGNED_OUT;
    for (String line; (line = in.readLine()) != null; ) {
      String[] call = line.split("\t", -1);
      long now = Long.parseLong(call[1]);
      String said = "ok";
      switch (call[0]) {
        case "start":
          ArrayDeque<byte[]> bytes = new ArrayDeque<>(Arrays.asList(base64(call[4]), base64(call[5])));
          said = Login.start(call[2], call[3].equals("1"), now, count -> bytes.poll()).stored().replace('\n', ' ');
          break;
        case "login":
          logins.put(call[2], new Login(call[3], call[4], call[5], Long.parseLong(call[6]), call[7].equals("true")));
          break;
        case "judge":
          said = said(Answer.judge(logins.get(call[2]), text(call[3]), now), logins.get(call[2]));
          break;
        case "new":
          state = LoginState.SIGNED_OUT;
          break;
        default:
          LoginState.Step step = step(state, call, logins, now);
          state = step.state;
          said = said(step);
      }
      out.println(said);
    }
    out.flush();
  }

  private static LoginState.Step step(LoginState state, String[] call, Map<String, Login> logins, long now) {
    switch (call[0]) {
      case "restarted": return new LoginState.Step(LoginState.restore(state.saved(), now), null);
      case "started": return state.started(logins.get(call[2]));
      case "notOpened": return state.notOpened(call[2]);
      case "answered": return state.answered(text(call[2]), now);
      case "foregrounded": return state.foregrounded();
      case "exchanged": return state.exchanged(call[2]);
      case "refused": return state.refused(call[2]);
      case "signedOut": return state.signedOut();
      default: throw new IllegalArgumentException(call[0]);
    }
  }

  private static byte[] base64(String field) {
    return Base64.getDecoder().decode(field);
  }

  private static String text(String field) {
    return field.equals("-") ? null : new String(base64(field), StandardCharsets.UTF_8);
  }

  private static String said(Answer answer, Login login) {
    switch (answer.outcome) {
      case GRANTED: return "granted " + answer.ticket + " " + login.codeVerifier;
      case CANCELLED: return "cancelled";
      case FAILED: return "failed " + answer.code + " " + answer.message;
      default: return "ignored " + answer.reason;
    }
  }

  private static String said(LoginState.Step step) {
    LoginState state = step.state;
    return camel(state.phase) + "\t" + noticed(state) + "\t" + said(step.effect);
  }

  private static String noticed(LoginState state) {
    if (state.notice == null) return "-";
    String failure = state.notice == LoginState.Notice.FAILED ? " " + state.code + " " + state.message : "";
    return camel(state.notice) + failure;
  }

  private static String said(LoginState.Effect effect) {
    if (effect == null) return "-";
    switch (effect.kind) {
      case OPEN: return "open " + effect.path + " " + effect.state;
      case EXCHANGE: return "exchange " + effect.ticket + " " + effect.codeVerifier + " " + effect.state;
      default: return "ignore " + effect.reason;
    }
  }

  /** SIGNED_OUT as signedOut. */
  private static String camel(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().toLowerCase().split("_"))
      name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    return name.toString();
  }
}
