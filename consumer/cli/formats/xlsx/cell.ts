import type { PlainValue } from '../../../queries/engines/plain-value';
import type { AnswerType } from '../../../queries/questions/question';
import { headerText } from '../../../texts/header-text';
import type { CellStyle } from './styles';

/** The content of a cell: a number with its format, a boolean, or a text. */
type CellContent =
  | { kind: 'number'; value: number; style: CellStyle }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'text'; value: string };

const dayLength = 86_400_000;

/** Excel's number of 1970-01-01. Its day 1 is 1900-01-01, and its February 29 of 1900 did not exist. */
const epochSerial = 25_569;

/** The times whose numbers every spreadsheet shows as the same date, in epoch milliseconds. */
const [firstTime, endTime] = [Date.UTC(1900, 2, 1), Date.UTC(10_000, 0, 1)];

/** Returns the number of a time in UTC, in days; undefined if Excel has none. */
function serialOf(milliseconds: number): number | undefined {
  if (!(milliseconds >= firstTime && milliseconds < endTime)) return undefined;
  return milliseconds / dayLength + epochSerial;
}

/** Styles of numbers, by type. */
const numberStyles: Readonly<Partial<Record<AnswerType, CellStyle>>> = {
  count: 'count',
  share: 'share',
  milliseconds: 'milliseconds',
  hours: 'hours',
};

function timeContent(milliseconds: number, style: CellStyle, text: string): CellContent {
  const serial = serialOf(milliseconds);
  return serial === undefined ? { kind: 'text', value: text } : { kind: 'number', value: serial, style };
}

/**
 * Converts a value to the content of a cell: times and days are dates in UTC, and headers are decoded. Lists and
 * objects are JSON text. Undefined for NULL, which is an empty cell.
 *
 * @param type of the column
 */
function cellContent(value: PlainValue, type?: AnswerType): CellContent | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number' && Number.isFinite(value))
    return { kind: 'number', value, style: (type && numberStyles[type]) ?? 'general' };
  if (value instanceof Date) return timeContent(value.getTime(), 'time', value.toISOString());
  if (typeof value === 'object') return { kind: 'text', value: JSON.stringify(value) };
  const text = String(value);
  if (type === 'day' && /^\d{4}-\d\d-\d\d$/.test(text)) return timeContent(Date.parse(text), 'day', text);
  return { kind: 'text', value: type === 'header' ? headerText(text) : text };
}

export { type CellContent, cellContent };
