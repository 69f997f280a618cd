import { checks, type Finding, type Status } from '../../doctor/findings/finding';
import { terminalText } from '../../texts/terminal-text';
import { type Color, colored } from '../output/colors';
import type { LineFormat, Shape } from './line-format';
import { textFormats } from './registry';

/** Symbol, word and color of each status. */
const looks: Readonly<Record<Status, { symbol: string; word: string; color: Color }>> = {
  ok: { symbol: '✓', word: 'ok', color: 'green' },
  warning: { symbol: '!', word: 'warning', color: 'yellow' },
  failure: { symbol: '✗', word: 'failure', color: 'red' },
  'not-checked': { symbol: '–', word: 'not checked', color: 'gray' },
};

const wordWidth = Math.max(...Object.values(looks).map(({ word }) => word.length));
const checkWidth = Math.max(...checks.map((check) => check.length));

/** Formats a finding as a line, and its fix as a second one. Text from AWS is made safe for terminals. */
function findingLine({ check, status, message, fix }: Finding, isColored: boolean): string {
  const { symbol, word, color } = looks[status];
  const label = `${symbol} ${word.padEnd(wordWidth)}`;
  const shown = isColored ? colored(label, color) : label;
  const line = `${shown}  ${check.padEnd(checkWidth)}  ${terminalText(message)}\n`;
  return fix === undefined
    ? line
    : `${line}${' '.repeat(label.length + checkWidth + 4)}→ ${terminalText(fix)}\n`;
}

/** Describes a finding to the list formats; it has no columns. */
const shape: Shape<Finding> = { json: (finding) => JSON.stringify(finding), columns: [], cells: () => [] };

/** Formats of findings. */
function findingFormats(
  isColored: boolean,
): Readonly<Record<'table' | 'json' | 'ndjson', LineFormat<Finding>>> {
  return {
    json: textFormats.json.lines(shape),
    ndjson: textFormats.ndjson.lines(shape),
    table: {
      head: '',
      between: '',
      line: (finding) => findingLine(finding, isColored),
      lineEnd: '',
      tail: '',
    },
  };
}

export { findingFormats };
