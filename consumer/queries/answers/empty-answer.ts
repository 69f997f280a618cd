import type { QueryResult } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';
import { closestNames } from '../questions/closest-name';
import type { MissingName } from '../questions/missing-name';

type Batch = readonly (readonly PlainValue[])[];

async function* rejoined(read: readonly Batch[], rest: AsyncIterator<Batch>): AsyncGenerator<Batch, void> {
  try {
    yield* read;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Whether a row has a value other than NULL and 0. */
function hasData(row: readonly PlainValue[]): boolean {
  return row.some((value) => value !== null && value !== 0);
}

/**
 * Returns the rows of an answer. Rows are read in advance up to the first one with data, the others on demand.
 *
 * @param explainEmptyAnswer called before any output, when there are no rows or only zeros; it can throw the
 * reason
 */
async function explainIfEmpty(
  rows: QueryResult['rows'],
  explainEmptyAnswer: () => Promise<void>,
): Promise<AsyncGenerator<Batch, void>> {
  const rest = rows[Symbol.asyncIterator]();
  const read: Batch[] = [];
  for (;;) {
    const next = await rest.next();
    if (next.done === true) break;
    read.push(next.value);
    if (next.value.some(hasData)) return rejoined(read, rest);
  }
  await explainEmptyAnswer();
  return rejoined(read, rest);
}

/** Maximum number of existing names in a message. */
const maxListed = 10;

/** Formats a name for a list of names; quotes it where its end would otherwise be unclear. */
function listedName(name: string): string {
  return /^[\w.:/@+-]{1,100}$/.test(name) ? name : JSON.stringify(name.slice(0, 100));
}

/**
 * Formats the message for a missing name, with the existing names, closest first.
 * @param place where the name was looked up: `in this archive`
 */
function missingNameText({ what, name, others, isCut, listing }: MissingName, place: string): string {
  const missing = `there is no ${what} ${place}`;
  const listed = closestNames(name, others, maxListed).map(listedName).join(', ');
  const all = `to list all, run ses-events ${listing}`;
  if (listed === '') return isCut ? `${missing}; ${all}` : `${missing}; there are no others`;
  return isCut || others.length > maxListed
    ? `${missing}; closest: ${listed}; ${all}`
    : `${missing}; existing: ${listed}`;
}

export { explainIfEmpty, missingNameText };
