/** A parsed JSON object, whatever it holds. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object; a list is not one. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export { isJsonObject, type JsonObject };
