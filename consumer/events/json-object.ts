/** A parsed JSON object, whatever it holds. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object; a list is not one. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a JSON text says; undefined, which JSON has no word for, where the text is no JSON. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export { isJsonObject, type JsonObject, jsonValue };
