import { type JsonValue, quotedJson, visibleText, withTexts } from './quoted-text';

/** Rows of a result without `limit`. */
const defaultRows = 50;

/** Maximum number of rows of a result. */
const maxRows = 1000;

/** Maximum number of bytes of the rows of a result: some ten thousand tokens. */
const maxBytes = 48 * 1024;

/** Rows that fit into a result. */
interface LimitedRows {
  rows: JsonValue[];
  /** Whether rows were omitted or cut because of {@link maxBytes}. */
  isCut: boolean;
}

/** Cuts the long values of a row: a list can have thousands of items. Each value that is cut becomes a text. */
function cutRow(row: JsonValue): JsonValue {
  const values = Object.entries(row ?? {});
  const share = Math.floor(maxBytes / Math.max(1, values.length));
  const cut = values.map(([name, value]) => {
    const text = quotedJson(value);
    return [name, text.length > share ? `${text.slice(0, share)}…` : value];
  });
  return Object.fromEntries(cut);
}

/** Returns the first rows that fit into a result; at least one, which is cut if it is too long. */
async function limitedRows(rows: AsyncIterable<JsonValue> | Iterable<JsonValue>): Promise<LimitedRows> {
  const fitting: JsonValue[] = [];
  let bytes = 0;
  for await (const row of rows) {
    bytes += Buffer.byteLength(quotedJson(withTexts(row, visibleText)));
    if (bytes > maxBytes) return { rows: fitting.length > 0 ? fitting : [cutRow(row)], isCut: true };
    fitting.push(row);
  }
  return { rows: fitting, isCut: false };
}

export { defaultRows, limitedRows, maxRows };
