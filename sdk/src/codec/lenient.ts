import { AbiCoder, ErrorFragment, EventFragment, Interface, ParamType, Result, getBytes } from "ethers";
import type { BytesLike } from "ethers";

/** Replaces what is no character with U+FFFD. */
const DECODER = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** A name that a contract keeps in 32 bytes: what stands before the first zero. */
export const textOfBytes32 = (bytes: string): string => DECODER.decode(getBytes(bytes)).split("\0", 1)[0]!;

/** What `asBytes` has answered: the types of an interface are asked for with every call. */
const typesAsBytes = /* @__PURE__ */ new WeakMap<ParamType, ParamType>();

/** The same type with `bytes` in the place of `string`: both are encoded alike. */
function asBytes(type: ParamType): ParamType {
  const known = typesAsBytes.get(type);
  if (known !== undefined) return known;
  const json = type.format("json").replaceAll('"type":"string', '"type":"bytes');
  const changed = ParamType.from(JSON.parse(json), true); // of events too
  typesAsBytes.set(type, changed);
  return changed;
}

/** A value that was decoded as bytes wherever its type says text. */
function withText(type: ParamType, value: unknown): unknown {
  if (type.isArray()) {
    return Result.fromItems((value as Result).toArray().map((one) => withText(type.arrayChildren, one)));
  }
  if (type.isTuple()) return withTexts(type.components, value as Result);
  return type.baseType === "string" ? DECODER.decode(getBytes(value as string)) : value;
}

/** Values that were decoded as bytes wherever their types say text. */
const withTexts = (types: readonly ParamType[], values: Result): Result =>
  Result.fromItems(
    types.map((type, index) => withText(type, values[index])),
    types.map(({ name }) => name || null),
  );

/**
 * Decodes text that is not well-formed, which anybody could put on a chain, and shows where. The usual coder gives a value
 * that throws when it is read, so that one broken name would keep a whole list from being shown.
 */
class LenientAbiCoder extends AbiCoder {
  override decode(types: readonly (string | ParamType)[], data: BytesLike, loose?: boolean): Result {
    const asked = types.map((type) => ParamType.from(type));
    return withTexts(asked, super.decode(asked.map(asBytes), data, loose));
  }
}

const CODER = /* @__PURE__ */ new LenientAbiCoder();

/** An interface that decodes every text, and finds an event or an error by its hash without hashing all of them again. */
export class LenientInterface extends Interface {
  #eventsByTopic: ReadonlyMap<string, EventFragment> | undefined;
  #errorsBySelector: ReadonlyMap<string, ErrorFragment> | undefined;

  override getAbiCoder(): AbiCoder {
    return CODER;
  }

  override getEvent(key: string, values?: unknown[]): EventFragment | null {
    this.#eventsByTopic ??= new Map(
      this.fragments.filter((one) => EventFragment.isFragment(one)).map((event) => [event.topicHash, event]),
    );
    return this.#eventsByTopic.get(key) ?? super.getEvent(key, values);
  }

  override getError(key: string, values?: unknown[]): ErrorFragment | null {
    this.#errorsBySelector ??= new Map(
      this.fragments.filter((one) => ErrorFragment.isFragment(one)).map((error) => [error.selector, error]),
    );
    return this.#errorsBySelector.get(key) ?? super.getError(key, values);
  }
}
