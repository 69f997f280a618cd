import type { FixtureRecord } from '../fixtures/load';

/** The path of a value in a JSON document, from the top. */
type JsonPath = readonly (string | number)[];

/** A JSON object or list: something with keys. */
type JsonContainer = Record<string | number, unknown>;

function isContainer(value: unknown): value is JsonContainer {
  return typeof value === 'object' && value !== null;
}

/** Sets an own key, including `__proto__`, like JSON.parse. */
function setOwn(container: JsonContainer, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * A copy from JSON.parse, with prototypes of this realm. In Jest, structuredClone uses those of another
 * realm.
 */
function copyOf<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value; // a JSON value keeps its type
}

function containerAt(record: FixtureRecord, path: JsonPath): JsonContainer {
  return path.reduce<JsonContainer>((container, key) => {
    const next = container[key];
    if (!isContainer(next)) throw new Error(`no object or list at ${path.join('.')}`);
    return next;
  }, record);
}

function lastKey(path: JsonPath): string | number {
  const key = path.at(-1);
  if (key === undefined) throw new Error('the path is empty');
  return key;
}

/** A copy of the record with another value at the path. */
function withValue(record: FixtureRecord, path: JsonPath, value: unknown): FixtureRecord {
  const copy = copyOf(record);
  setOwn(containerAt(copy, path.slice(0, -1)), lastKey(path), value);
  return copy;
}

/** A copy of the record without the value at the path. */
function without(record: FixtureRecord, path: JsonPath): FixtureRecord {
  const copy = copyOf(record);
  delete containerAt(copy, path.slice(0, -1))[lastKey(path)];
  return copy;
}

export { copyOf, isContainer, type JsonContainer, type JsonPath, setOwn, without, withValue };
