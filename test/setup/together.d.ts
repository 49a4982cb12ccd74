/** Absolute paths. */
export const files: string[];
export const halves: [string[], string[]];
