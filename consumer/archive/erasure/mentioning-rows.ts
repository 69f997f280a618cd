import { sqlText } from '../dialects/literals';
import { type Column, columns } from '../store/columns';
import type { Database } from '../store/database';
import type { Mentions } from './mentions';

/** A person to search for. */
interface SoughtPerson {
  /** The regular expression of the texts that may contain the person. */
  pattern: string;
  pseudonym: string;
  /** The search that is exact but for a few texts. */
  mentions: Mentions;
}

/** Consecutive rows of `event_rows`: from the first to the one before `end`. */
interface Rows {
  first: number;
  end: number;
}

const textTypes: readonly Column['type'][] = ['text', 'texts', 'json'];

/** The columns whose values can contain an address. */
const searchedColumns = columns.filter(({ name, type }) => name === 'raw' || textTypes.includes(type));

/**
 * The condition that a value may contain the person. As the only condition on a column, it is applied to each distinct
 * value of its dictionary once. The bytes of records are few, and all of them are searched.
 */
function canContain({ name, type }: Column, pattern: string): string {
  if (type === 'bytes') return `"${name}" IS NOT NULL`;
  const text = type === 'texts' ? `array_to_string("${name}", chr(10))` : `"${name}"`;
  return `regexp_matches(${text}, ${sqlText(pattern)})`;
}

/** Returns the JSON that contains a value's texts. A list has each of its texts: joined, they could have other addresses. */
function jsonOf(value: unknown, type: Column['type']): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.from(type === 'json' ? String(value) : JSON.stringify(value));
}

/** Whether a value mentions the person. A pseudonym also does. */
function isMention(value: unknown, { type }: Column, { mentions, pseudonym }: SoughtPerson): boolean {
  const json = jsonOf(value, type);
  return mentions.mayBeIn(json, 0, json.length) || json.includes(pseudonym);
}

/**
 * Finds the rows that mention a person, in ascending order. The engine searches one column after another and excludes
 * most values by the pattern.
 *
 * @param onColumn called after each column with the part that is done, up to 1
 */
async function mentioningRows(
  database: Database,
  { first, end }: Rows,
  person: SoughtPerson,
  onColumn: (part: number) => void,
): Promise<number[]> {
  const found = new Set<number>();
  for (const [index, column] of searchedColumns.entries()) {
    const values = database.stream<{ row: bigint; value: unknown }>(
      `SELECT rowid AS "row", "${column.name}" AS value FROM event_rows
       WHERE rowid >= ${first} AND rowid < ${end} AND ${canContain(column, person.pattern)}`,
    );
    for await (const batch of values) {
      for (const { row, value } of batch) {
        if (!found.has(Number(row)) && isMention(value, column, person)) found.add(Number(row));
      }
    }
    onColumn((index + 1) / searchedColumns.length);
  }
  return [...found].sort((one, other) => one - other);
}

export { mentioningRows, type SoughtPerson, searchedColumns };
