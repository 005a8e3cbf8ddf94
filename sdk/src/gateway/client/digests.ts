import type { Hex } from "../../codec/hex.ts";

const encoder = /* @__PURE__ */ new TextEncoder();

/** Bytes whose memory nobody else shares, as the platform's cryptography takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A text in UTF-8. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** How many bytes a text has in UTF-8. */
export const byteLength = (text: string): number => encoder.encode(text).length;

const digitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 of bytes in several pieces. */
export async function sha256(...pieces: readonly Uint8Array[]): Promise<Hex> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return `0x${digitsOf(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)))}`;
}

/** Authenticates a text by a secret: HMAC-SHA256 in hexadecimal digits. */
export type Authenticator = (text: string) => Promise<string>;

/**
 * Makes a function that authenticates texts.
 * @param secret Hexadecimal digits.
 */
export async function authenticator(secret: string): Promise<Authenticator> {
  const bytes = Uint8Array.from(secret.replace(/^0x/, "").match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (text) => digitsOf(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(text))));
}

/** 32 bytes that nobody can guess. */
export const randomId = (): Hex => `0x${digitsOf(crypto.getRandomValues(new Uint8Array(32)))}`;

/** A text of base64url, read as UTF-8. It throws for what is none. */
export const textOfBase64url = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0)),
  );
