import { setTimeout as sleep } from "node:timers/promises";

/**
 * Pauses before a request is repeated [ms]. On public networks together about twelve seconds, as long as most nodes are ill;
 * a local chain is there or is not.
 */
const PAUSES = { public: [250, 500, 1_000, 2_000, 3_000, 5_000], local: [100, 200, 400, 800] };

/** Which kind of network is asked. */
export type Kind = keyof typeof PAUSES;

/** A pause is up to this part longer, so that many clients do not come back at the same moment. */
const JITTER = 0.25;

/** How long nothing may happen until a person is told what is waited for [ms]. */
const SILENCE = 3_000;

/** Waits before the repetition number `attempt`, from 0; false if there have been enough. */
export async function pauseBefore(attempt: number, kind: Kind): Promise<boolean> {
  const pause = PAUSES[kind][attempt];
  if (pause === undefined) return false;
  await sleep(pause * (1 + Math.random() * JITTER));
  return true;
}

/** How often a request is made at most. */
export const attemptsOf = (kind: Kind): number => PAUSES[kind].length + 1;

/** Does some work, and says once what is waited for if it takes long. */
export async function unlessSilent<T>(work: Promise<T>, tell: () => void): Promise<T> {
  const timer = setTimeout(tell, SILENCE);
  timer.unref();
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
