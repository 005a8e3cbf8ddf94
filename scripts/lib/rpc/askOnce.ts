/**
 * Asks a node one question without a connection to it: what it answers, or undefined if it answers something else.
 * @throws What `fetch` does where nothing answers.
 */
export async function askOnce(url: string, method: string, signal?: AbortSignal): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] });
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body, ...(signal !== undefined && { signal }) });
  return ((await response.json()) as { result?: unknown }).result;
}
