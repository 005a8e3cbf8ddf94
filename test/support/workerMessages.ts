/**
 * Loaded by each process of Mocha's before the tests. What a process reports goes to the first one as JSON, which has no
 * bigints: without this, a test that fails with one would show as an error of nobody's.
 */
const send = process.send?.bind(process);
if (send !== undefined) {
  const asText = (_: string, value: unknown) => (typeof value === "bigint" ? `${value.toString()}n` : value);
  process.send = (message: unknown, ...rest: []) =>
    send(JSON.parse(JSON.stringify(message, asText)) as string, ...rest);
}
