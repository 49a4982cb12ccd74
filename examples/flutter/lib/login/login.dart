import 'dart:convert';
import 'dart:math';

import 'package:crypto/crypto.dart';

/// One login in progress. [stored] and [restore] carry it over the end of the process.
class Login {
  const Login({
    required this.path,
    required this.state,
    required this.codeVerifier,
    required this.expiresAt,
    this.answered = false,
  });

  final String path;
  final String state;
  final String codeVerifier;

  /// Milliseconds since 1970.
  final int expiresAt;
  final bool answered;

  /// The applet's attempt lives 10 minutes, and a ticket handed over at its end at most 10 more.
  static const lifetime = 20 * 60 * 1000;

  /// A path to open, with a state and a PKCE verifier of its own.
  static Login start({
    required String userPoolId,
    required bool getPhone,
    required int now,
    List<int> Function(int count) random = randomBytes,
  }) {
    final state = _base64url(random(16));
    final codeVerifier = _base64url(random(32));
    final challenge = _base64url(sha256.convert(ascii.encode(codeVerifier)).bytes);
    return Login(
      path: 'routes/explore?userPoolId=$userPoolId&getPhone=${getPhone ? 1 : 0}&fromApp=1&useSelfWxapp=0'
          '&state=$state&codeChallenge=$challenge',
      state: state,
      codeVerifier: codeVerifier,
      expiresAt: now + lifetime,
    );
  }

  String get stored => [path, state, codeVerifier, '$expiresAt'].join('\n');

  /// Null for anything that [stored] did not write, and for a login that has expired.
  static Login? restore(String? stored, int now) {
    final lines = stored?.split('\n') ?? const [];
    final expiresAt = lines.length == 4 ? int.tryParse(lines[3]) : null;
    if (expiresAt == null || now >= expiresAt) return null;
    return Login(path: lines[0], state: lines[1], codeVerifier: lines[2], expiresAt: expiresAt);
  }

  Login asAnswered() => Login(
        path: path,
        state: state,
        codeVerifier: codeVerifier,
        expiresAt: expiresAt,
        answered: true,
      );

  static List<int> randomBytes(int count) {
    final random = Random.secure();
    return [for (var i = 0; i < count; i++) random.nextInt(256)];
  }

  static String _base64url(List<int> bytes) => base64Url.encode(bytes).replaceAll('=', '');
}

/// What came back from the applet.
sealed class Answer {
  const Answer();
}

class Granted extends Answer {
  const Granted(this.ticket, this.codeVerifier);
  final String ticket;
  final String codeVerifier;
}

class Cancelled extends Answer {
  const Cancelled();
}

class Failed extends Answer {
  const Failed(this.code, this.message);
  final int code;
  final String message;
}

/// Nothing happens; the login goes on waiting.
class Ignored extends Answer {
  const Ignored(this.reason);
  final String reason;
}

const _codes = {200, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503};

/// Reads the string WeChat handed over against the login that waits for it. Never throws.
Answer judge(Login? login, String? text, int now) {
  final pairs = _pairsOf(text) ?? const <String, String>{};
  final digits = pairs['code'] ?? '';
  if (!RegExp(r'^[1-9][0-9]{2}$').hasMatch(digits)) return const Ignored('unreadable');
  if (login == null) return const Ignored('no-login');
  final state = pairs['state'] ?? '';
  if (state.isEmpty) return const Ignored('no-state');
  if (state != login.state) return const Ignored('other-login');
  if (login.answered) return const Ignored('answered');
  if (now >= login.expiresAt) return const Ignored('expired');

  // A code of a newer applet counts as a server error.
  final number = int.parse(digits);
  final code = _codes.contains(number) ? number : 500;
  final message = pairs['message'] ?? '';
  if (code == 400) return const Cancelled();
  if (code != 200) return Failed(code, message);
  final ticket = pairs['ticket'] ?? '';
  if (!RegExp(r'^[A-Za-z0-9_-]{43}$').hasMatch(ticket)) return Failed(500, message);
  return Granted(ticket, login.codeVerifier);
}

/// The pairs of a query string, which may have been percent-encoded on the way, wholly or in part; null for anything else.
Map<String, String>? _pairsOf(String? text) {
  if (text == null || text.length > 4096) return null;
  var query = _trimmed(text);
  for (var times = 0; times < 2 && !(query.contains('=') && query.contains('&')); times++) {
    query = _trimmed(_decoded(query));
  }
  final pairs = <String, String>{};
  for (final pair in query.split('&')) {
    final at = pair.indexOf('=');
    if (at < 1) continue;
    final name = pair.substring(0, at).trim();
    if (pairs.containsKey(name)) return null;
    pairs[name] = _decoded(pair.substring(at + 1).trim());
  }
  return pairs;
}

String _trimmed(String text) {
  final query = text.trim();
  return query.startsWith('?') ? query.substring(1) : query;
}

/// The text itself when it holds a broken percent escape, as a message for people may.
String _decoded(String text) {
  try {
    return Uri.decodeComponent(text);
  } on ArgumentError {
    return text;
  } on FormatException {
    return text;
  }
}
