import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import type { Cell, Shape } from '../formats/text-format';
import { headerText } from '../output/header-text';
import type { ShownColumn } from './answer';

type Row = readonly PlainValue[];

/** A value as a cell: numbers as they are, headers decoded, times in ISO 8601, lists and objects as JSON. */
function cell(value: PlainValue, type?: AnswerType): Cell {
  if (value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  if (type === 'header' && typeof value === 'string') return headerText(value);
  return typeof value === 'boolean' ? String(value) : value;
}

/** A row of these columns as a list has it. */
function rowShape(columns: readonly ShownColumn[]): Shape<Row> {
  const names = columns.map(({ name }) => name);
  const keys = names.map((name) => JSON.stringify(name));
  return {
    json: (row) => `{${keys.map((key, index) => `${key}:${JSON.stringify(row[index] ?? null)}`).join(',')}}`,
    columns: names,
    cells: (row) => row.map((value, index) => cell(value, columns[index]?.type)),
  };
}

export { rowShape };
