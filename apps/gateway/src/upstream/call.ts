import { setTimeout as sleep } from "node:timers/promises";

import type { Config, Endpoint } from "../config/schema.ts";
import { Refusal } from "../refusals/refusal.ts";

const PATHS: Record<Endpoint, string> = {
  chat: "chat/completions",
  completions: "completions",
  embeddings: "embeddings",
};

/** How long it rests before it tries again [ms]; twice as long each time, and some of it by chance. */
const REST = 200;

/** What an upstream that is too busy or away answers. */
const PASSING = new Set([502, 503, 504]);

/** The upstream: an OpenAI-compatible server. */
export class Upstream {
  readonly #settings: Config["upstream"];
  readonly #headers: Record<string, string>;

  /** @param apiKey What it asks for; undefined if it asks for nothing. */
  constructor(settings: Config["upstream"], apiKey: string | undefined) {
    this.#settings = settings;
    this.#headers = {
      "content-type": "application/json",
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    };
  }

  get settings(): Config["upstream"] {
    return this.#settings;
  }

  /**
   * Sends a request. What it has not begun to answer is tried again, a few times.
   * @param signal Ends it: the client has gone, or it has taken too long in all.
   * @throws Refusal if it cannot be reached, or does not begin to answer in time.
   */
  async call(endpoint: Endpoint, body: string, signal: AbortSignal): Promise<Response> {
    const { url, firstByteSeconds, retries } = this.#settings;
    for (let tries = 0; ; ++tries) {
      const late = new AbortController();
      const timer = setTimeout(() => {
        late.abort();
      }, firstByteSeconds * 1_000);
      try {
        const response = await fetch(`${url.replace(/\/$/, "")}/${PATHS[endpoint]}`, {
          ...{ method: "POST", headers: this.#headers, body },
          signal: AbortSignal.any([signal, late.signal]),
        });
        if (!PASSING.has(response.status) || tries >= retries) return response;
        await response.body?.cancel();
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (late.signal.aborted) {
          throw new Refusal("upstream", "The model's server does not begin to answer: try again later.", {
            status: 504,
          });
        }
        if (tries >= retries) {
          throw new Refusal("upstream", "The model's server cannot be reached: try again later.", { retryAfter: 5 });
        }
        if (!(error instanceof TypeError)) throw error; // `fetch` fails with one for whatever happens on the way
      } finally {
        clearTimeout(timer);
      }
      await sleep(REST * 2 ** tries * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
}
