import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/question';
import { formatCount, formatDuration, formatShare, formatTime } from '../format';
import { terminalText } from '../terminal-text';
import type { ShownColumn } from './answer';

/** Longer texts are cut in tables; every other format has them whole. */
const longestText = 60;

/** How numbers are shown, by what they are. */
const numberTexts: Readonly<Partial<Record<AnswerType, (value: number) => string>>> = {
  count: formatCount,
  share: (value) => formatShare(value, 1),
  milliseconds: formatDuration,
  hours: (value) => formatDuration(value * 3_600_000),
};

function cut(text: string): string {
  const characters = [...text];
  return characters.length > longestText ? `${characters.slice(0, longestText - 1).join('')}…` : text;
}

/** A value as a cell of a table for a person, safe for a terminal; a dash where there is none. */
function cellText(value: PlainValue, { type, isProse }: Omit<ShownColumn, 'name'> = {}): string {
  if (value === null) return '–';
  if (typeof value === 'number') return (type && numberTexts[type]?.(value)) ?? String(value);
  if (value instanceof Date) return formatTime(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return terminalText(isProse === true ? text : cut(text));
}

/** Whether a column's values are numbers, which stand right. */
function isNumeric(type?: AnswerType): boolean {
  return type !== undefined && type in numberTexts;
}

export { cellText, isNumeric };
