import { z } from 'zod';

/**
 * A string whose documented values are known but not closed: AWS adds values without notice, and an
 * unknown one has to survive. The type still offers the known values to an editor.
 */
function openEnum<const Known extends readonly [string, ...string[]]>(known: Known) {
  // The cast narrows nothing at run time: every string is accepted, `string & {}` only keeps the
  // literals from being absorbed into `string`.
  return z.string().meta({ examples: [...known] }) as unknown as z.ZodType<Known[number] | (string & {})>;
}

/**
 * A timestamp as text. AWS documents ISO 8601, yet offsets, a missing fraction and ` +0000` occur, so
 * the text is kept as it came and read by `parseTimestamp`.
 */
const timestamp = z.string();

/**
 * The type of a loose schema without the index signature that `z.looseObject` adds: unknown fields
 * survive in the value, while a misspelt field does not compile. Maps (`mail.tags`) keep theirs.
 */
type Exact<T> = T extends readonly (infer Item)[]
  ? Exact<Item>[]
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends object
      ? { [K in keyof T as string extends K ? (unknown extends T[K] ? never : K) : K]: Exact<T[K]> }
      : T;

export { type Exact, openEnum, timestamp };
