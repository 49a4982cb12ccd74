/** Absolute paths. */
export const files: string[];
export const parts: [string[], string[], string[]];
