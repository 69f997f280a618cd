import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { headerText } from '../output/header-text';
import { formatCount, formatDuration, formatShare, formatTime } from '../output/number-text';
import { longestCell, tableText } from '../output/table';
import type { ShownColumn } from './answer';

/** Longer texts are cut where they are no prose. */
const longestText = 60;

/** How numbers are shown, by what they are. */
const numberTexts: Readonly<Partial<Record<AnswerType, (value: number) => string>>> = {
  count: formatCount,
  share: (value) => formatShare(value, 1),
  milliseconds: formatDuration,
  hours: (value) => formatDuration(value * 3_600_000),
};

/** A value as a cell of a table for a person, safe for a terminal; a dash where there is none. */
function cellText(value: PlainValue, { type, isProse }: Omit<ShownColumn, 'name'> = {}): string {
  if (value === null) return '–';
  if (typeof value === 'number') return (type && numberTexts[type]?.(value)) ?? String(value);
  if (value instanceof Date) return formatTime(value);
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = type === 'header' ? headerText(plain) : plain;
  return tableText(text, isProse === true ? longestCell : longestText);
}

/** Whether a column's values are numbers, which stand right. */
function isNumeric(type?: AnswerType): boolean {
  return type !== undefined && type in numberTexts;
}

export { cellText, isNumeric };
