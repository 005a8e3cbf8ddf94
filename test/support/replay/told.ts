import { Result, ZeroAddress, decodeBytes32String } from "ethers";

import type { Books } from "./books.ts";

/** A value as an event or a view has it, with lists in the place of structs. */
export const plain = (value: unknown): unknown => (value instanceof Result ? value.toArray().map(plain) : value);

/** One event, as the books read it: its fields by name, and the time of its block [s]. */
export class Told {
  readonly name: string;
  readonly time: bigint;
  readonly #args: Result;

  constructor(name: string, args: Result, time: bigint) {
    [this.name, this.#args, this.time] = [name, args, time];
  }

  number(field: string): bigint {
    return this.#args.getValue(field) as bigint;
  }

  text(field: string): string {
    return this.#args.getValue(field) as string;
  }

  flag(field: string): boolean {
    return this.#args.getValue(field) as boolean;
  }

  /** A struct or a list, in its order. */
  list(field: string): unknown[] {
    return plain(this.#args.getValue(field)) as unknown[];
  }

  /** A struct of numbers, by name. */
  struct(field: string): Record<string, bigint> {
    return (this.#args.getValue(field) as Result).toObject() as Record<string, bigint>;
  }
}

/** What a view must answer by the books. */
export type View = readonly [name: string, args: readonly unknown[], expected: unknown];

/** For what the views are asked: the moment of the newest block [s], and everybody and everything that a history knows. */
export interface Scope {
  now: bigint;
  users: readonly string[];
  keys: readonly string[];
  modelIds: readonly bigint[];
  books: Books;
}

/**
 * What one contract stores, by its events alone. A book assigns and adds, and never asks a contract; what it knows of time
 * is in `Scope`.
 */
export abstract class Book {
  /** Links that were set, by name. */
  readonly links = new Map<string, string>();
  #authority: string | undefined;

  /** Reads an event of the contract. */
  read(event: Told): void {
    if (event.name === "Wired") this.links.set(decodeBytes32String(event.text("link")), event.text("target"));
    else if (event.name === "AuthorityUpdated") this.#authority = event.text("authority");
    else if (!this.fold(event)) throw new Error(`the books do not know ${event.name}`);
  }

  /** All views of the contract that the books answer. */
  *answers(scope: Scope): Iterable<View> {
    if (this.#authority !== undefined) yield ["authority", [], this.#authority];
    for (const link of this.links.keys()) yield [link, [], this.link(link)];
    if (this.links.size > 0) yield ["requireWired", [], true];
    yield* this.views(scope);
  }

  /** The target of a link; zero before it is set. */
  link(name: string): string {
    return this.links.get(name) ?? ZeroAddress;
  }

  /** Books an event. Returns false for one that the book does not know, so that none is passed over. */
  protected abstract fold(event: Told): boolean;
  protected abstract views(scope: Scope): Iterable<View>;
}

/** A pause of which a view shows the end. */
export class PauseEnd {
  #endsAt = 0n;

  begin(event: Told): void {
    this.#endsAt = event.number("endsAt");
  }

  end(event: Told): void {
    this.#endsAt = event.time;
  }

  /** Until when it lasts at `now`; 0 if it is over [s]. */
  until(now: bigint): bigint {
    return now < this.#endsAt ? this.#endsAt : 0n;
  }
}

/** The name under which a book keeps something that has several ids. */
export const idOf = (...parts: readonly (string | bigint | boolean)[]): string => parts.map(String).join("/");
