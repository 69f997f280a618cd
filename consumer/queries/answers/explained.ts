import { type QueryResult, UnknownNameError } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';
import { closestNames } from '../questions/closest-name';
import { type MissingName, missingName } from '../questions/missing-name';
import type { Request } from './request';

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

/** A result that can have the number of rows without the limit. */
interface CountedResult extends QueryResult {
  /** Returns the number after the first row was read; undefined if there is no row, or it was not counted. */
  total(): number | undefined;
}

/** Separates the number of rows without the limit, in the last column, from the rows. */
function countedRows({ columns, rows }: QueryResult): CountedResult {
  let total: number | undefined;
  async function* withoutTotal(): QueryResult['rows'] {
    for await (const batch of rows) {
      total ??= Number(batch[0]?.at(-1));
      yield batch.map((row) => row.slice(0, -1));
    }
  }
  return { columns: columns.slice(0, -1), rows: withoutTotal(), total: () => total };
}

/** Where the names in the parameters of an empty answer are searched. */
interface NameSearch {
  /** Runs SQL over the data of the answer. */
  query(sql: string): Promise<QueryResult>;
  /** The data, for a message: `in this archive`. */
  place: string;
  /** Called instead of an error, where other data may have the name. */
  onHint?: ((hint: string) => void) | undefined;
}

/** @throws {UnknownNameError} when no event has a name in the parameters of a request */
async function explainMissing(
  { values = {} }: Pick<Request, 'values'>,
  { query, place, onHint }: NameSearch,
): Promise<void> {
  const missing = await missingName(values, query);
  if (missing === undefined) return;
  const text = missingNameText(missing, place);
  if (onHint === undefined) throw new UnknownNameError(text);
  onHint(text);
}

/**
 * Completes the result of a request. Rows are read in advance up to the first one with data, the others on demand.
 * Without such a row, the names in the parameters are searched. A query has no parameters, and its first rows are only read
 * for errors of the engine.
 *
 * @param names undefined to search nothing
 * @throws {UnknownNameError} as {@link explainMissing}
 */
async function explained(
  request: Pick<Request, 'values' | 'isCounted'>,
  result: QueryResult,
  names: NameSearch | undefined,
): Promise<CountedResult> {
  const counted = request.isCounted === true ? countedRows(result) : { ...result, total: () => undefined };
  const rest = counted.rows[Symbol.asyncIterator]();
  const read: Batch[] = [];
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    read.push(next.value);
    if (request.values === undefined || next.value.some(hasData))
      return { ...counted, rows: rejoined(read, rest) };
  }
  if (names !== undefined) await explainMissing(request, names);
  return { ...counted, rows: rejoined(read, rest) };
}

export { type CountedResult, explained, explainMissing };
