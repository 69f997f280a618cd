import { byte, isWhitespace, JsonScanner } from './json-scanner';

/** Checks whether the byte can end a value that is not a string, object or array. */
function endsScalar(value: number | undefined): boolean {
  return (
    value === undefined ||
    value === byte.comma ||
    value === byte.closeBrace ||
    value === byte.closeBracket ||
    isWhitespace(value)
  );
}

/** Returns the position after the string whose opening quote is at `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== byte.quote) at += bytes[at] === byte.backslash ? 2 : 1;
  return at + 1;
}

/** Returns the position after the JSON value that starts at `start`. */
function valueEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === byte.quote) return stringEnd(bytes, start);
  if (first === byte.openBrace || first === byte.openBracket) {
    const scanner = new JsonScanner();
    scanner.reset(start);
    scanner.scan(bytes);
    return scanner.position;
  }
  let end = start;
  while (!endsScalar(bytes[end])) end++;
  return end;
}

/**
 * Returns the bytes of the value of one member in a JSON object, unchanged. An event in an envelope therefore
 * keeps its exact spelling, and with it its id.
 *
 * @param object the bytes of a valid JSON object, from its opening to its closing brace
 * @returns the last member of that name, as JSON.parse does; undefined when there is none
 */
function memberSpan(object: Buffer, name: string): Buffer | undefined {
  let found: Buffer | undefined;
  let at = 1;
  const skip = () => {
    while (isWhitespace(object[at] ?? 0) || object[at] === byte.comma || object[at] === byte.colon) at++;
  };
  for (skip(); object[at] === byte.quote; skip()) {
    const keyEnd = stringEnd(object, at);
    const key: unknown = JSON.parse(object.toString('utf8', at, keyEnd));
    at = keyEnd;
    skip();
    const end = valueEnd(object, at);
    if (key === name) found = object.subarray(at, end);
    at = end;
  }
  return found;
}

/**
 * Returns the bytes of each item of a JSON array, unchanged.
 *
 * @param array the bytes of a valid JSON array, from its opening to its closing bracket
 */
function itemSpans(array: Buffer): Buffer[] {
  const items: Buffer[] = [];
  let at = 1;
  const skip = () => {
    while (isWhitespace(array[at] ?? 0) || array[at] === byte.comma) at++;
  };
  for (skip(); at < array.length - 1; skip()) {
    const end = valueEnd(array, at);
    items.push(array.subarray(at, end));
    at = end;
  }
  return items;
}

export { itemSpans, memberSpan };
