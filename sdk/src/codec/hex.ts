/** Bytes as text: 0x and two hexadecimal digits for each. */
export type Hex = `0x${string}`;

/** An address, as the chain knows it: 20 bytes. */
export type Address = `0x${string}`;
