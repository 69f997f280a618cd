import type { TextFormat } from './line-format';

/** One JSON value per line. */
const ndjson: TextFormat = {
  needsColumns: false,
  lines: ({ json }) => ({ head: '', between: '', line: json, lineEnd: '\n', tail: '' }),
};

/** One JSON array. */
const json: TextFormat = {
  needsColumns: false,
  lines: (shape) => ({ head: '[\n', between: ',\n', line: shape.json, lineEnd: '', tail: '\n]\n' }),
};

export { json, ndjson };
