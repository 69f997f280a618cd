/** A string, a bracket, a separator, or another value, in JSON without line breaks. */
const part = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"\s]+/g;

/**
 * Indents JSON, a line for each value. The values remain as they are written: parsing would round long numbers.
 *
 * @example
 * ```ts
 * indentedJson('{"size":1,"to":[]}'); // {\n  "size": 1,\n  "to": []\n}
 * ```
 */
function indentedJson(json: string): string {
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
    pieces.push(text === ':' ? ': ' : text);
    if (text === '{' || text === '[') depth++;
    previous = text;
  }
  return pieces.join('');
}

export { indentedJson };
