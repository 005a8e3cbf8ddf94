import { ceilDiv, larger } from "../units/numbers.ts";

/** How much has passed through a pool lately, as the buyback counts it (`LeakyBucket`, decision 18). */

/** A bucket as it was filled last: `bucketOf` of the buyback. */
export interface Bucket {
  /** What was in it then [wei of the input token]. */
  level: bigint;
  /** When that was [s]; 0 if never. */
  filledAt: bigint;
}

/** What a bucket is measured by at the moment of the question. */
export interface BucketTerms {
  /** [wei of the input token] */
  capacity: bigint;
  /** How long a full bucket takes to empty [s]; above zero. */
  refillDuration: bigint;
}

/** What is in a bucket at a time [wei of the input token], rounded up. */
export function levelAt({ level, filledAt }: Bucket, { capacity, refillDuration }: BucketTerms, time: bigint): bigint {
  const leaked = (capacity * (time - filledAt)) / refillDuration;
  return larger(level - leaked, 0n);
}

/** What may pass at a time [wei of the input token], rounded down. */
export const roomAt = (bucket: Bucket, terms: BucketTerms, time: bigint): bigint =>
  larger(terms.capacity - levelAt(bucket, terms, time), 0n);

/** When a bucket will be empty if nothing passes [s], rounded up. */
export function emptyAt(bucket: Bucket, terms: BucketTerms, time: bigint): bigint {
  const { capacity, refillDuration } = terms;
  const level = levelAt(bucket, terms, time);
  return level === 0n || capacity === 0n ? time : time + ceilDiv(level * refillDuration, capacity);
}
