import { z } from 'zod';

/**
 * Returns the schema of a string with documented values that is not closed: AWS adds values without notice,
 * and they must be valid. The type still offers the known values in an editor.
 */
function openEnum<const Known extends readonly [string, ...string[]]>(known: Known) {
  // The cast does not narrow anything at run time: every string is valid. `string & {}` only prevents
  // TypeScript from absorbing the literals into `string`.
  return z.string().meta({ examples: [...known] }) as unknown as z.ZodType<Known[number] | (string & {})>;
}

/**
 * A timestamp as text. AWS documents ISO 8601, but offsets, missing fractions and ` +0000` occur. The text
 * therefore remains unchanged, and `parseTimestamp` parses it.
 */
const timestamp = z.string();

/**
 * The type of a loose schema without the index signature of `z.looseObject`. Unknown fields remain in the
 * value, but a misspelled field does not compile. Maps (`mail.tags`) keep their index signature.
 */
type Exact<T> = T extends readonly (infer Item)[]
  ? Exact<Item>[]
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends object
      ? { [K in keyof T as string extends K ? (unknown extends T[K] ? never : K) : K]: Exact<T[K]> }
      : T;

export { type Exact, openEnum, timestamp };
