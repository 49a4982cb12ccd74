import 'dart:convert';
import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:spruce/login/login.dart';
import 'package:spruce/login/login_machine.dart';

/// The vectors that every implementation is held to.
Map<String, dynamic> _read(String name) =>
    jsonDecode(File('../../packages/launch/vectors/$name.json').readAsStringSync()) as Map<String, dynamic>;

Login? _login(dynamic json) => json == null
    ? null
    : Login(
        path: json['path'] as String,
        state: json['state'] as String,
        codeVerifier: json['codeVerifier'] as String,
        expiresAt: json['expiresAt'] as int,
        answered: json['answered'] as bool,
      );

List<Object?> _answer(Answer answer) => switch (answer) {
      Granted(:final ticket, :final codeVerifier) => ['granted', ticket, codeVerifier],
      Cancelled() => ['cancelled'],
      Failed(:final code, :final message) => ['failed', code, message],
      Ignored(:final reason) => ['ignored', reason],
    };

List<Object?> _expected(dynamic json) => switch (json['outcome']) {
      'granted' => ['granted', json['ticket'], json['codeVerifier']],
      'failed' => ['failed', json['code'], json['message']],
      'ignored' => ['ignored', json['reason']],
      _ => ['cancelled'],
    };

LoginEvent _event(dynamic json, dynamic logins) => switch (json['type']) {
      'started' => Started(_login(logins[json['login']])!),
      'notOpened' => NotOpened(json['state'] as String),
      'answered' => Answered(json['text'] as String?),
      'foregrounded' => const Foregrounded(),
      'exchanged' => Exchanged(json['state'] as String),
      'refused' => Refused(json['state'] as String),
      _ => const SignedOut(),
    };

Map<String, Object?>? _notice(Notice? notice) => notice == null
    ? null
    : {
        'kind': notice.kind.name,
        if (notice.kind == NoticeKind.failed) 'code': notice.code,
        if (notice.kind == NoticeKind.failed) 'message': notice.message,
      };

Map<String, Object?>? _effect(LoginEffect? effect) => switch (effect) {
      null => null,
      Open(:final path, :final state) => {'type': 'open', 'path': path, 'state': state},
      Exchange(:final ticket, :final codeVerifier, :final state) => {
          'type': 'exchange',
          'ticket': ticket,
          'codeVerifier': codeVerifier,
          'state': state,
        },
      Ignore(:final reason) => {'type': 'ignore', 'reason': reason},
    };

void main() {
  test('reads every string as the vectors say', () {
    final vectors = _read('answers');
    for (final item in [...vectors['returned'] as List, ...vectors['cases'] as List]) {
      final text = item['text'];
      final own = (item as Map).containsKey('login') ? item['login'] : vectors['login'];
      if (text is! String? || (own != null && own['codeVerifier'] == null)) continue;
      final answer = judge(_login(own), text, (item['now'] ?? vectors['now']) as int);
      expect(_answer(answer), _expected(item['answer']), reason: '${item['name']}');
    }
  });

  test('does with every event what the vectors say', () {
    final vectors = _read('events');
    for (final sequence in vectors['sequences'] as List) {
      var state = const LoginState();
      for (final item in sequence['steps'] as List) {
        final now = (item['now'] ?? vectors['start']) as int;
        final next = item['event']['type'] == 'restarted'
            ? Step(LoginState.restore(state.saved, now))
            : step(state, _event(item['event'], vectors['logins']), now);
        state = next.state;
        final happened = [state.phase.name, _notice(state.notice), _effect(next.effect)];
        expect(happened, [item['phase'], item['notice'], item['effect']], reason: '${sequence['name']}');
      }
    }
  });
}
