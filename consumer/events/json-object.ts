/** A parsed JSON object with any content. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Checks whether a parsed JSON value is an object and not a list. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a JSON text. Returns undefined, which is not a JSON value, for invalid JSON. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export { isJsonObject, type JsonObject, jsonValue };
