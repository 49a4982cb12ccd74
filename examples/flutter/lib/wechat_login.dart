import 'dart:convert';

import 'package:flutter/widgets.dart';
import 'package:fluwx/fluwx.dart';
import 'package:http/http.dart' as http;
import 'package:shared_preferences/shared_preferences.dart';

import 'login/login.dart';
import 'login/login_machine.dart';

const _wechatAppId = 'wxd930ea5d5a258f4f'; // of this app, on the open platform
const _universalLink = 'https://app.example.com/wechat/';
const _applet = 'gh_a781a791e29e'; // the applet's original id
const _userPoolId = '5e4cdd055df3df65dc58b97d';
final _backend = Uri.parse('https://app.example.com/sign-in');

/// The app's login, running: saves, opens, exchanges and shows what [step] decides.
class WeChatLogin extends ChangeNotifier with WidgetsBindingObserver {
  WeChatLogin._(this._storage) : state = LoginState.restore(_storage.getString('login'), _now);

  /// Before runApp, so that nothing WeChat hands over is missed.
  static Future<WeChatLogin> create() async {
    final login = WeChatLogin._(await SharedPreferences.getInstance());
    login._fluwx.addSubscriber(login._hear);
    WidgetsBinding.instance.addObserver(login);
    await login._fluwx.registerApi(appId: _wechatAppId, universalLink: _universalLink);
    // What started the app waits until it is asked for.
    await login._fluwx.attemptToResumeMsgFromWx();
    login._send(const Foregrounded());
    return login;
  }

  final Fluwx _fluwx = Fluwx();
  final SharedPreferences _storage;
  LoginState state;

  Future<void> start() => _send(Started(Login.start(userPoolId: _userPoolId, getPhone: true, now: _now)));
  Future<void> signOut() => _send(const SignedOut());

  @override
  void didChangeAppLifecycleState(AppLifecycleState lifecycle) {
    if (lifecycle == AppLifecycleState.resumed) _send(const Foregrounded());
  }

  /// The applet's string comes as the answer; where launchApp arrives as a request, on Android and iOS by another name.
  void _hear(WeChatResponse response) {
    if (response is WeChatLaunchMiniProgramResponse) _send(Answered(response.extMsg));
    if (response is WeChatShowMessageFromWXRequest) _send(Answered(response.extMsg));
    if (response is WeChatLaunchFromWXRequest) _send(Answered(response.extMsg));
  }

  Future<void> _send(LoginEvent event) async {
    final next = step(state, event, _now);
    state = next.state;
    notifyListeners();
    final saved = state.saved;
    await (saved == null ? _storage.remove('login') : _storage.setString('login', saved));
    switch (next.effect) {
      case Open(:final path, :final state):
        if (!await _open(path)) await _send(NotOpened(state));
      case Exchange(:final ticket, :final codeVerifier, :final state):
        final done = await _exchange(ticket, codeVerifier);
        await _send(done ? Exchanged(state) : Refused(state));
      case Ignore(:final reason):
        debugPrint('login: ignored, $reason');
      case null:
        break;
    }
  }

  Future<bool> _open(String path) async {
    if (!await _fluwx.isWeChatInstalled) return false;
    return _fluwx.open(target: MiniProgram(username: _applet, path: path));
  }

  Future<bool> _exchange(String ticket, String codeVerifier) async {
    try {
      final reply = await http
          .post(
            _backend,
            headers: {'content-type': 'application/json'},
            body: jsonEncode({'ticket': ticket, 'codeVerifier': codeVerifier}),
          )
          .timeout(const Duration(seconds: 10));
      // The backend answers with a session of its own; keep it where the app keeps its sessions.
      return reply.statusCode == 200;
    } on Exception {
      return false;
    }
  }

  static int get _now => DateTime.now().millisecondsSinceEpoch;
}
