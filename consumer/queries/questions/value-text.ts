import { headerText } from '../../texts/header-text';
import { formatCount, formatDuration, formatShare, formatTime } from '../../texts/number-text';
import type { PlainValue } from '../engines/plain-value';
import type { AnswerType } from './question';

/** Formats of numbers, by type. */
const numberTexts: Readonly<Partial<Record<AnswerType, (value: number) => string>>> = {
  count: formatCount,
  share: (value) => formatShare(value, 1),
  milliseconds: formatDuration,
  hours: (value) => formatDuration(value * 3_600_000),
};

/** Whether values of a type are numbers, which tables align. */
const isNumberType = (type: AnswerType | undefined) => type !== undefined && numberTexts[type] !== undefined;

/**
 * Formats a value of an answer for people: a share in percent, a duration with its unit, a time to the second; a dash where
 * there is no value. A text can contain control characters.
 *
 * @param timezone the time zone of times
 */
function valueText(value: PlainValue, type?: AnswerType, timezone?: string): string {
  if (value === null) return '–';
  if (typeof value === 'number') return (type && numberTexts[type]?.(value)) ?? String(value);
  if (value instanceof Date) return formatTime(value, timezone);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return type === 'header' ? headerText(text) : text;
}

export { isNumberType, valueText };
