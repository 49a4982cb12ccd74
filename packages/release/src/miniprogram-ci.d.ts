// Two inner modules of the pinned miniprogram-ci; its declarations lie in a folder that TypeScript does not look into.

declare module "miniprogram-ci/dist/ci/utils/pack" {
  /** The container that upload sends gzipped. */
  export function pack(files: Record<string, string | Buffer>): { buffer: Buffer };
}

declare module "miniprogram-ci/dist/ci/utils/terminalQrcode" {
  /** Reads the code off the picture (base64) and draws it with block characters. */
  export function generateTerminalQrcode(image: string): Promise<string>;
}
