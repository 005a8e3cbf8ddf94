/**
 * Runs what others wrote, which prints on its own, and hands what it logs to somebody else: stdout belongs to the command's
 * result, which may be a JSON document.
 */
export async function withLogsTo<T>(hear: (...words: unknown[]) => void, work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = hear;
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

/** Stderr as somebody who hears logs. */
export const toStderr = (...words: unknown[]): void => {
  console.error(...words);
};
