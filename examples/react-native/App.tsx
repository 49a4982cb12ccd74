import type { LoginState } from "@app2wxapp/launch";
import React, { useEffect, useState } from "react";
import { Button, Text, View } from "react-native";
import { createLogin } from "./login";

type Login = Awaited<ReturnType<typeof createLogin>>;

export default function App() {
  const [state, setState] = useState<LoginState>();
  const [login, setLogin] = useState<Login>();
  useEffect(() => {
    void createLogin(setState).then(setLogin);
  }, []);
  if (!state || !login) return null;
  return (
    <View style={{ flex: 1, justifyContent: "center" }}>
      <Text>{words(state)}</Text>
      {state.phase === "signedIn" ? (
        <Button title="退出登录" onPress={login.signOut} />
      ) : (
        <Button title="微信登录" disabled={state.phase === "exchanging"} onPress={login.signIn} />
      )}
    </View>
  );
}

function words({ phase, notice }: LoginState): string {
  if (phase === "signedIn") return "已登录";
  if (phase === "exchanging") return "正在登录…";
  if (phase === "waiting") return "请在微信里确认";
  if (!notice) return "";
  if (notice.kind === "failed") return `${notice.message}（${notice.code}）`;
  return { cancelled: "已取消登录", notOpened: "没有打开微信，请确认已安装", refused: "登录没有完成，请再试一次" }[
    notice.kind
  ];
}
