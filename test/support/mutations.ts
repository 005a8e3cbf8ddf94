/** What stands in the place of a value of JSON, to see what is refused. */
const STAND_INS: unknown[] = [null, true, -1, 0, 1.5, 1e300, "", "x", "1", "-1", "1.5", "0x", [], {}];

/** Values of JSON that differ from one in one place: something is missing, of another kind, or one too many. */
export function mutationsOf(value: unknown): unknown[] {
  const within = Object.entries(isObject(value) ? value : {}).flatMap(([key, part]) => [
    withoutKey(value as object, key),
    ...mutationsOf(part).map((other) => withPart(value as object, key, other)),
  ]);
  const further = isObject(value) && !Array.isArray(value) ? [{ ...value, unknownKey: 1 }] : [];
  return [...STAND_INS, ...further, ...within];
}

/** The same value with another part in a place, such as `metadata.uri`. */
export function withChange(value: object, place: string, part: unknown): object {
  const [key, ...rest] = place.split(".");
  const before = (value as Record<string, unknown>)[key!];
  return withPart(value, key!, rest.length === 0 ? part : withChange(before as object, rest.join("."), part));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function withPart(value: object, key: string, part: unknown): object {
  return Array.isArray(value) ? Object.assign([...(value as unknown[])], { [key]: part }) : { ...value, [key]: part };
}

const withoutKey = (value: object, key: string): object =>
  Array.isArray(value)
    ? (value as unknown[]).filter((_, index) => index !== Number(key))
    : Object.fromEntries(Object.entries(value).filter(([one]) => one !== key));
