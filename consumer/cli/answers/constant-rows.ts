import type { PlainValue } from '../../queries/engines/plain-value';

/** Rows that are known already, as an answer has them. */
async function* constantRows(
  rows: readonly (readonly PlainValue[])[],
): AsyncGenerator<readonly (readonly PlainValue[])[], void> {
  yield rows;
}

export { constantRows };
