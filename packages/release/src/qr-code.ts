import { generateTerminalQrcode } from "miniprogram-ci/dist/ci/utils/terminalQrcode";

/** The code of a picture in block characters. Rejects, or throws from a callback, when it cannot be read off. */
export function drawnInTerminal(image: Buffer): Promise<string> {
  return generateTerminalQrcode(image.toString("base64"));
}
