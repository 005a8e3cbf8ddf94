import { json } from "node:stream/consumers";

import { OperatorError } from "../config/operatorError.ts";
import { requestSchema } from "./request.ts";
import { reduceAll, writeUsageDays } from "./run.ts";
import { TOKEN_VARIABLE } from "./store.ts";

/**
 * The process that commands start: it takes a request as JSON from its input, and tells on its output, a line of JSON each,
 * how far it has come, and at the end what it has found or in one sentence why not.
 */
const say = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** How often progress is told at most [ms]. */
const PAUSE = 200;

let toldAt = 0;
try {
  const request = requestSchema.parse(await json(process.stdin));
  const token = process.env[TOKEN_VARIABLE];
  if (request.usageDays === null) {
    const summary = await reduceAll(request, token, (step, done, of) => {
      if (done < of && Date.now() - toldAt < PAUSE) return;
      toldAt = Date.now();
      say({ progress: { step, done, of } });
    });
    say({ summary });
  } else say({ usageDays: await writeUsageDays(request, request.usageDays, token) });
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  say({ problem: error.message });
  process.exitCode = 1;
}
