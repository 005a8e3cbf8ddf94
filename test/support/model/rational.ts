import Fraction from "fraction.js";

/** An exact fraction; nothing in the reference model is ever rounded unless it says so. */
export const ratio = (numerator: bigint, denominator = 1n): Fraction => new Fraction(numerator, denominator);

/** The largest whole number that is not above `value` (of a value that is not negative). */
export const floor = (value: Fraction): bigint => value.n / value.d;

/** The smallest whole number that is not below `value` (of a value that is not negative). */
export const ceil = (value: Fraction): bigint => (value.n + value.d - 1n) / value.d;
