/** Whether two types are one: neither is wider. */
export type Same<One, Other> =
  (<Type>() => Type extends One ? 1 : 2) extends <Type>() => Type extends Other ? 1 : 2 ? true : false;

/** Takes a value whose type is exactly the expected one, such as `exactly<bigint>()(1n as bigint)`. */
export const exactly =
  <Expected>() =>
  <Actual>(value: Same<Actual, Expected> extends true ? Actual : never): Actual =>
    value;
