import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { onAnswer } from "../src/react-native";
import { answerFrom } from "../src/uni-app";

const TEXT = "code=400&message=用户取消授权&state=s";

describe("React Native", () => {
  test.each([
    ["the mini program's response", "WXLaunchMiniProgramReq.Resp", { errCode: 0, extMsg: TEXT }],
    ["Android's onReq, in the country of a share's response", "SendMessageToWX.Resp", { country: TEXT }],
    ["iOS's onReq", "LaunchFromWX.Req", { errCode: 0, country: "CN", extMsg: TEXT }],
  ])("hears %s", (_name, event, response) => {
    const heard: string[] = [];
    const library = new EventEmitter();
    onAnswer(library.addListener.bind(library), (text) => heard.push(text));
    library.emit(event, response);
    expect(heard).toEqual([TEXT]);
  });

  test("a share's own response, and responses without a string, are nobody's answer", () => {
    const heard: string[] = [];
    const library = new EventEmitter();
    onAnswer(library.addListener.bind(library), (text) => heard.push(text));
    library.emit("SendMessageToWX.Resp", { errCode: 0, country: "CN" });
    for (const response of [null, undefined, {}, { extMsg: null }])
      library.emit("WXLaunchMiniProgramReq.Resp", response);
    expect(heard).toEqual([]);
  });
});

describe("uni-app", () => {
  test.each([
    ["the callback's string", TEXT],
    ["the callback's object", { extMsg: TEXT }],
    ["the arguments of the runtime", TEXT],
    ["the extras of Android's intent as JSON", JSON.stringify({ messageExt: TEXT, other: 1 })],
    ["a scheme in front", `wx123://${TEXT}`],
    ["a scheme and a path in front", `wx123://back?${TEXT}`],
  ])("reads %s", (_name, value) => {
    expect(answerFrom(value)).toBe(TEXT);
  });

  test.each([undefined, null, "", "{}", "{broken", 5, {}, { extMsg: "" }, []])("%j holds no answer", (value) => {
    expect(answerFrom(value)).toBeNull();
  });
});
