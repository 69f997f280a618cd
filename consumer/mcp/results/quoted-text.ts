/**
 * Characters without a glyph: controls, marks of direction, zero-width and other format characters, tag characters, line
 * separators, variation selectors, private characters and single surrogates. They can hide text or change its order. A
 * line break and a tab remain, because JSON escapes them.
 */
const invisible =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180E}\u{3164}\u{FFA0}]|\u{034F}|[\u{180B}-\u{180D}\u{180F}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;

/** Maximum number of characters of a value, because a header can have megabytes. */
const maxLength = 2000;

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** Makes a text from an event visible: each character without a glyph is written as `\u202e`. Long texts are cut. */
function visibleText(text: string): string {
  const visible = text.slice(0, maxLength).replace(invisible, escaped);
  return text.length > maxLength ? `${visible}… (${text.length - maxLength} more characters)` : visible;
}

/** A value of JSON. */
type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Returns a value with all of its texts changed, the names of its fields included. Times become text. */
function withTexts(value: unknown, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => [change(name), withTexts(inner, change)]),
    );
  return null;
}

/** Formats a value as JSON without markup: `<`, `>` and `&` are escapes, so that no tag can occur. */
function quotedJson(value: JsonValue): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export { type JsonValue, quotedJson, visibleText, withTexts };
