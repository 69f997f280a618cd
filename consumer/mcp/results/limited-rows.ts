import { quotedJson, visibleText, withTexts } from './quoted-text';

/** Rows of a result without `limit`. */
const defaultRows = 50;

/** Maximum number of rows of a result. */
const maxRows = 1000;

/** Maximum number of bytes of the rows of a result: some ten thousand tokens. */
const maxBytes = 48 * 1024;

/** Rows that fit into a result. */
interface LimitedRows<Row> {
  rows: Row[];
  /** Whether rows were omitted because of {@link maxBytes}. */
  isCut: boolean;
}

/** Returns the first rows that fit into a result; at least one. */
async function limitedRows<Row>(rows: AsyncIterable<Row> | Iterable<Row>): Promise<LimitedRows<Row>> {
  const fitting: Row[] = [];
  let bytes = 0;
  for await (const row of rows) {
    bytes += Buffer.byteLength(quotedJson(withTexts(row, visibleText)));
    if (bytes > maxBytes && fitting.length > 0) return { rows: fitting, isCut: true };
    fitting.push(row);
  }
  return { rows: fitting, isCut: false };
}

export { defaultRows, limitedRows, maxRows };
