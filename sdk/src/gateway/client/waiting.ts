/** Waits some time [ms]. Throws why if a signal ends it before. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const end = () => {
      clearTimeout(timer);
      fail(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      done();
    }, milliseconds);
    if (signal?.aborted === true) end();
    else signal?.addEventListener("abort", end, { once: true });
  });
}

/** Waits before something is tried again: longer each time, and never as long as another client. */
export const backOff = (milliseconds: number, round: number, signal?: AbortSignal): Promise<void> =>
  pause(milliseconds * 2 ** round * (0.5 + Math.random()), signal);
