/** Of the time, so much is left to others. */
const REST = 3;
const LEAST_MILLISECONDS = 2;

/**
 * Does a large work in small pieces, each a job of its own, and after each leaves three times as long to others: whoever
 * waits for the database waits for one piece at most. `piece` says whether there is more.
 */
export async function inPieces(piece: () => Promise<boolean>, pause: (milliseconds: number) => Promise<void> = rest) {
  for (;;) {
    const start = performance.now();
    if (!(await piece())) return;
    await pause(Math.max((performance.now() - start) * REST, LEAST_MILLISECONDS));
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    // An ending process waits for nothing here: what is left over is done next time.
    setTimeout(resolve, milliseconds).unref();
  });
}
