/** A string, a bracket, a separator, or another value, in JSON without line breaks. */
const part = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"\s]+/g;

/** Returns a string of JSON with its text changed; as it is written if the change has no effect. */
function changedString(json: string, change: (text: string) => string): string {
  const text = String(JSON.parse(json));
  const changed = change(text);
  return changed === text ? json : JSON.stringify(changed);
}

/**
 * Indents JSON, a line for each value. The values remain as they are written: parsing would round long numbers.
 *
 * @param change changes the text of each string, before it is escaped
 *
 * @example
 * ```ts
 * indentedJson('{"size":1,"to":[]}'); // {\n  "size": 1,\n  "to": []\n}
 * ```
 */
function indentedJson(json: string, change?: (text: string) => string): string {
  const pieces: string[] = [];
  let depth = 0;
  let previous = '';
  const newLine = () => `\n${'  '.repeat(Math.min(depth, 50))}`;
  for (const [text] of json.matchAll(part)) {
    const isEnd = text === '}' || text === ']';
    if (isEnd) depth--;
    const isEmpty = isEnd && (previous === '{' || previous === '[');
    const isStart = previous === '{' || previous === '[' || previous === ',';
    if ((isEnd || isStart) && !isEmpty) pieces.push(newLine());
    const isChanged = change !== undefined && text.startsWith('"');
    pieces.push(text === ':' ? ': ' : isChanged ? changedString(text, change) : text);
    if (text === '{' || text === '[') depth++;
    previous = text;
  }
  return pieces.join('');
}

export { indentedJson };
