/**
 * What one run of WeChat's own tool is asked for. A job is one process: miniprogram-ci keeps results per project path
 * while it lives, so a second compile of a changed folder would get the first one's package, and it never ends by
 * itself.
 */
export type Job = CompileJob | SendJob;

export interface CompileJob {
  kind: "compile";
  /** Absolute. */
  dist: string;
}

/** Preview puts a package where one phone can fetch it by a QR code, upload makes it a version for review. */
export interface SendJob {
  kind: "preview" | "upload";
  /** Absolute. */
  dist: string;
  appId: string;
  /** PEM. It travels over the process's own channel; arguments and environment could be read by others. */
  privateKey: string;
  version: string;
  description: string;
  /** 1 to 30: the uploader's name in WeChat's console, "ci robot 1" and so on. Each holds one version. */
  robot: number;
  /** Where the preview's QR code leads. */
  page: string;
  query: string;
}

/** The files of a package by their path in it, as upload would send them, source maps left out. */
export type Package = Record<string, Buffer>;

export interface Compiled {
  kind: "compiled";
  files: Package;
}

export interface Sent {
  kind: "sent";
  /** The whole package as WeChat counts it, null when it did not say. */
  bytes: number | null;
  /** A preview's picture; null after an upload. */
  qrCode: QrCode | null;
}

export interface QrCode {
  /** JPEG, as WeChat drew it. */
  image: Buffer;
  /** The same in block characters, null when it could not be read off the picture. */
  text: string | null;
}

/** The package may not be sent as it is; nothing was. */
export interface Unfit {
  kind: "unfit";
  problems: string[];
}

export interface Failed {
  kind: "failed";
  /** miniprogram-ci's number, null when the failure is not one of its own. */
  code: number | null;
  message: string;
}

export type Outcome = Compiled | Sent | Unfit | Failed;
