/** An object whose values are made when they are first asked for, and then stay the same. */
export function lazily<Makers extends Record<string, () => unknown>>(makers: Makers) {
  const object = {};
  for (const [key, make] of Object.entries(makers)) {
    Object.defineProperty(object, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value = make();
        Object.defineProperty(object, key, { enumerable: true, value });
        return value;
      },
    });
  }
  return object as { readonly [Key in keyof Makers]: ReturnType<Makers[Key]> };
}
