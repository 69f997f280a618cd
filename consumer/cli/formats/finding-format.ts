import { checks, type Finding, type Status } from '../../doctor/findings/finding';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import type { LineFormat, Shape } from './line-format';
import { textFormats } from './registry';

/** How a person sees each status; the colors are those of ANSI. */
const looks: Readonly<Record<Status, { symbol: string; word: string; color: number }>> = {
  ok: { symbol: '✓', word: 'ok', color: 32 },
  warning: { symbol: '!', word: 'warning', color: 33 },
  failure: { symbol: '✗', word: 'failure', color: 31 },
  'not-checked': { symbol: '–', word: 'not checked', color: 90 },
};

const wordWidth = Math.max(...Object.values(looks).map(({ word }) => word.length));
const checkWidth = Math.max(...checks.map((check) => check.length));

/** Whether colors are of use: on a terminal whose user has not refused them (https://no-color.org). */
function hasColors(context: CommandContext): boolean {
  const { NO_COLOR, TERM } = context.env;
  return context.stdout.isTTY === true && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

/** A finding as a line for a person, and a second one with what to do. What AWS answered is made safe. */
function findingLine({ check, status, message, fix }: Finding, colored: boolean): string {
  const { symbol, word, color } = looks[status];
  const label = `${symbol} ${word.padEnd(wordWidth)}`;
  const shown = colored ? `\u001b[${color}m${label}\u001b[0m` : label;
  const line = `${shown}  ${check.padEnd(checkWidth)}  ${terminalText(message)}\n`;
  return fix === undefined
    ? line
    : `${line}${' '.repeat(label.length + checkWidth + 4)}→ ${terminalText(fix)}\n`;
}

/** A finding as a list has it; it has no columns. */
const shape: Shape<Finding> = { json: (finding) => JSON.stringify(finding), columns: [], cells: () => [] };

/** How findings are written. */
function findingFormats(
  colored: boolean,
): Readonly<Record<'table' | 'json' | 'ndjson', LineFormat<Finding>>> {
  return {
    json: textFormats.json.lines(shape),
    ndjson: textFormats.ndjson.lines(shape),
    table: {
      head: '',
      between: '',
      line: (finding) => findingLine(finding, colored),
      lineEnd: '',
      tail: '',
    },
  };
}

export { findingFormats, hasColors };
