/**
 * What one run of WeChat's own tool is asked for. A job is one process: miniprogram-ci keeps results per project path
 * while it lives, so a second compile of a changed folder would get the first one's package, and it never ends by
 * itself.
 */
export interface Job {
  kind: "compile";
  /** Absolute. */
  dist: string;
}

/** The files of a package by their path in it, as upload would send them, source maps left out. */
export type Package = Record<string, Buffer>;

export interface Compiled {
  kind: "compiled";
  files: Package;
  /** Of the whole package in the container that upload sends. */
  gzipBytes: number;
}

export interface Failed {
  kind: "failed";
  /** miniprogram-ci's number, null when the failure is not one of its own. */
  code: number | null;
  message: string;
}

export type Outcome = Compiled | Failed;
