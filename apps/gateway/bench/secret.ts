/** What the sessions of the server without metering are made of, so that the bench knows them without asking. */
export const BENCH_SECRET = Buffer.from("the bench, and nobody else");
