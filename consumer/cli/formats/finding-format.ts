import { checks, type Finding, type Status } from '../../doctor/findings/finding';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import type { LineFormat, Shape } from './line-format';
import { textFormats } from './registry';

/** Symbol, word and ANSI color of each status. */
const looks: Readonly<Record<Status, { symbol: string; word: string; color: number }>> = {
  ok: { symbol: '✓', word: 'ok', color: 32 },
  warning: { symbol: '!', word: 'warning', color: 33 },
  failure: { symbol: '✗', word: 'failure', color: 31 },
  'not-checked': { symbol: '–', word: 'not checked', color: 90 },
};

const wordWidth = Math.max(...Object.values(looks).map(({ word }) => word.length));
const checkWidth = Math.max(...checks.map((check) => check.length));

/** Whether to use colors: on a terminal, unless the user disabled them (https://no-color.org). */
function hasColors(context: CommandContext): boolean {
  const { NO_COLOR, TERM } = context.env;
  return context.stdout.isTTY === true && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

/** Formats a finding as a line, and its fix as a second one. Text from AWS is made safe for terminals. */
function findingLine({ check, status, message, fix }: Finding, colored: boolean): string {
  const { symbol, word, color } = looks[status];
  const label = `${symbol} ${word.padEnd(wordWidth)}`;
  const shown = colored ? `\u001b[${color}m${label}\u001b[0m` : label;
  const line = `${shown}  ${check.padEnd(checkWidth)}  ${terminalText(message)}\n`;
  return fix === undefined
    ? line
    : `${line}${' '.repeat(label.length + checkWidth + 4)}→ ${terminalText(fix)}\n`;
}

/** Describes a finding to the list formats; it has no columns. */
const shape: Shape<Finding> = { json: (finding) => JSON.stringify(finding), columns: [], cells: () => [] };

/** Formats of findings. */
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
