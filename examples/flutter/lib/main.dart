import 'package:flutter/material.dart';

import 'login/login_machine.dart';
import 'wechat_login.dart';

Future<void> main() async {
  WidgetsFlutterBinding.ensureInitialized();
  runApp(SpruceApp(await WeChatLogin.create()));
}

class SpruceApp extends StatelessWidget {
  const SpruceApp(this.login, {super.key});
  final WeChatLogin login;

  @override
  Widget build(BuildContext context) => MaterialApp(
        home: Scaffold(
          body: Center(
            child: ListenableBuilder(
              listenable: login,
              builder: (context, _) => Column(
                mainAxisSize: MainAxisSize.min,
                children: [
                  Text(_words(login.state)),
                  switch (login.state.phase) {
                    Phase.signedIn => FilledButton(onPressed: login.signOut, child: const Text('退出登录')),
                    Phase.exchanging => const CircularProgressIndicator(),
                    _ => FilledButton(onPressed: login.start, child: const Text('微信登录')),
                  },
                ],
              ),
            ),
          ),
        ),
      );

  String _words(LoginState state) => switch (state.phase) {
        Phase.signedIn => '已登录',
        Phase.exchanging => '正在登录…',
        Phase.waiting => '请在微信里确认',
        Phase.signedOut => switch (state.notice) {
            null => '',
            Notice(kind: NoticeKind.cancelled) => '已取消登录',
            Notice(kind: NoticeKind.notOpened) => '没有打开微信，请确认已安装',
            Notice(kind: NoticeKind.refused) => '登录没有完成，请再试一次',
            Notice(:final code, :final message) => '$message（$code）',
          },
      };
}
