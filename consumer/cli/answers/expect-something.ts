import type { QueryResult } from '../../queries/engines/engine';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { MissingName } from '../../queries/questions/missing-name';
import { closestNames } from '../options/closest-name';

type Batch = readonly (readonly PlainValue[])[];

async function* rejoined(read: readonly Batch[], rest: AsyncIterator<Batch>): AsyncGenerator<Batch, void> {
  try {
    yield* read;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Whether a row says that there is something: it has a value that is neither NULL nor 0. */
function saysSomething(row: readonly PlainValue[]): boolean {
  return row.some((value) => value !== null && value !== 0);
}

/**
 * The rows of an answer, of which only the first are read before they are asked for.
 *
 * @param explainNothing called when there is no row, or nothing but zeros, before any of it is written: what it throws
 * is why
 */
async function expectSomething(
  rows: QueryResult['rows'],
  explainNothing: () => Promise<void>,
): Promise<AsyncGenerator<Batch, void>> {
  const rest = rows[Symbol.asyncIterator]();
  const read: Batch[] = [];
  for (;;) {
    const next = await rest.next();
    if (next.done === true) break;
    read.push(next.value);
    if (next.value.some(saysSomething)) return rejoined(read, rest);
  }
  await explainNothing();
  return rejoined(read, rest);
}

/** So many of the names that there are stand in a message. */
const mostListed = 10;

/** A name as a list of names has it: in quotes where it would not be told from what stands around it. */
function listedName(name: string): string {
  return /^[\w.:/@+-]{1,100}$/.test(name) ? name : JSON.stringify(name.slice(0, 100));
}

/**
 * That nothing has a name, and which there are instead, the closest first.
 * @param place where it was looked for: `in this archive`
 */
function missingNameText({ what, name, others, isCut, listing }: MissingName, place: string): string {
  const said = `there is no ${what} ${place}`;
  const listed = closestNames(name, others, mostListed).map(listedName).join(', ');
  const all = `ses-events ${listing} lists all`;
  if (listed === '') return isCut ? `${said}; ${all}` : `${said}, nor any other`;
  return isCut || others.length > mostListed
    ? `${said}; the closest are: ${listed}; ${all}`
    : `${said}; there are: ${listed}`;
}

export { expectSomething, missingNameText };
