import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { csvLine } from '../formats/csv';
import { csvFormat, jsonFormats, type LineFormat } from '../formats/line-format';
import { headerText } from '../output/header-text';
import type { ShownColumn } from './answer';

/** How an answer is written for other programs, row after row. */
type TextFormat = 'json' | 'ndjson' | 'csv';

type Row = readonly PlainValue[];

/** A cell of CSV: numbers as they are, headers decoded, times in ISO 8601, lists and objects as JSON. */
function csvValue(value: PlainValue, type?: AnswerType): string | number | undefined {
  if (value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  if (type === 'header' && typeof value === 'string') return headerText(value);
  return typeof value === 'boolean' ? String(value) : value;
}

/** How rows of these columns are written. */
function answerFormats(columns: readonly ShownColumn[]): Readonly<Record<TextFormat, LineFormat<Row>>> {
  const names = columns.map(({ name }) => name);
  const keys = names.map((name) => JSON.stringify(name));
  const json = (row: Row) =>
    `{${keys.map((key, index) => `${key}:${JSON.stringify(row[index] ?? null)}`).join(',')}}`;
  return {
    ...jsonFormats(json),
    csv: csvFormat(`${csvLine(names)}\r\n`, (row) =>
      csvLine(row.map((value, index) => csvValue(value, columns[index]?.type))),
    ),
  };
}

export { answerFormats, type TextFormat };
