import { parameterFlags } from '../../queries/questions/parameter-flags';
import type { ParameterName, ParameterValues } from '../../queries/questions/parameters';
import { localTime } from '../../texts/local-time';
import { shellWord } from '../../texts/shell-word';
import { terminalText } from '../../texts/terminal-text';
import type { Answered } from './answers';

/** Formats a time as an option: the day if it is its first moment in the zone, otherwise the time in UTC. */
function timeOption(time: Date, zone: string): string {
  const [day = '', clock] = localTime(time, zone).toISOString().split('T');
  return clock === '00:00:00.000Z' ? day : time.toISOString();
}

function optionText(value: NonNullable<ParameterValues[ParameterName]>, zone: string): string {
  if (value instanceof Date) return timeOption(value, zone);
  return typeof value === 'object' ? `${value.name}=${value.value}` : String(value);
}

/**
 * Formats the command that answers a question with the same rows.
 *
 * @param mask changes the value of an option before it is quoted: afterwards, it could remove a quote
 *
 * @example
 * ```ts
 * askCommand(answered); // ses-events ask bounces --since 2026-02-01 --until 2026-03-03 --limit 10
 * ```
 */
function askCommand(
  { question, values }: Pick<Answered, 'question' | 'values'>,
  mask = (text: string) => text,
): string {
  const zone = values.timezone ?? 'UTC';
  // Object.entries loses the key type
  const entries = Object.entries(values) as [ParameterName, ParameterValues[ParameterName]][];
  const options = entries
    .filter(([name, value]) => value !== undefined && !(name === 'timezone' && value === 'UTC'))
    .flatMap(([name, value = '']) => [parameterFlags[name], mask(optionText(value, zone))]);
  return terminalText(['ses-events', 'ask', question.name, ...options].map(shellWord).join(' '));
}

export { askCommand };
