/**
 * `fetch` as the platform has it, Node, a page or a worker. Where nothing says what that is, because neither the types of a
 * page nor those of Node are loaded, it is described as far as can be.
 */
export type Fetch = typeof globalThis extends { fetch: infer Platform }
  ? Platform
  : (input: string, init?: object) => Promise<{ status: number }>;

/** What the client itself calls: any `fetch` can do that. */
export type PlainFetch = (url: string, init: RequestInit) => Promise<Response>;
