const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const scalarToken = /[^\s,\]}]+/y;
const blanks = /\s*/y;

/**
 * Returns a form of a JSON text that is the same for two texts exactly when they have the same content. It ignores
 * spaces, the order of keys and the spelling of characters. It keeps the spelling of numbers (`1e5` is not `100000`)
 * and every duplicate key.
 *
 * @param json a valid JSON text
 */
function exactForm(json: string): string {
  let position = 0;
  const skip = (token: RegExp): string => {
    token.lastIndex = position;
    const [text = ''] = token.exec(json) ?? [];
    position += text.length;
    return text;
  };
  /** Reads the items up to the closing bracket, each with `item`. */
  const items = (item: () => string): string[] => {
    const found: string[] = [];
    position++;
    for (skip(blanks); json[position] !== ']' && json[position] !== '}'; skip(blanks)) {
      if (json[position] === ',') {
        position++;
        skip(blanks);
      }
      found.push(item());
    }
    position++;
    return found;
  };
  const text = (): string => JSON.stringify(JSON.parse(skip(stringToken)));
  const member = (): string => {
    const key = text();
    skip(blanks);
    position++; // the colon
    skip(blanks);
    return `${key}:${value()}`;
  };
  const value = (): string => {
    switch (json[position]) {
      case '"':
        return text();
      case '[':
        return `[${items(value).join(',')}]`;
      case '{':
        return `{${items(member).sort().join(',')}}`;
      default:
        return skip(scalarToken);
    }
  };
  skip(blanks);
  return value();
}

export { exactForm };
