import { Refusal } from "../refusals/refusal.ts";

/** The body of an answer. @throws Refusal if it is longer than what is taken. */
export async function limitedBytes(answer: Response, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most)
        throw new Refusal("upstream", "The answer of the model's server is too long: nothing is charged.");
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("upstream", "The model's server has broken off: nothing is charged.");
  }
  return Buffer.concat(chunks);
}
