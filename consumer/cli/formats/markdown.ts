import { terminalText } from '../../texts/terminal-text';
import type { Cell, TextFormat } from './line-format';

/** The marks of Markdown and HTML, and the parts of addresses that GitHub makes links of. */
const marks = /[\\`*_{}[\]<>#!~&$]|(?<=:)\/(?=\/)|(?<=\bwww)\./gi;

/**
 * Escapes text for Markdown. Text from events is untrusted: it must not become a link or a mark. In a table, also escape
 * `|`.
 */
function markdownText(text: string): string {
  return terminalText(text).replaceAll(marks, String.raw`\$&`);
}

function markdownLine(cells: readonly Cell[]): string {
  const texts = cells.map((cell) => markdownText(String(cell ?? '')).replaceAll('|', String.raw`\|`));
  return `| ${texts.join(' | ')} |`;
}

/** A table in GitHub's Markdown, for issues and wikis. */
const markdown: TextFormat = {
  needsColumns: true,
  lines: ({ columns, cells }) => ({
    head: `${markdownLine(columns)}\n|${' --- |'.repeat(columns.length)}\n`,
    between: '',
    line: (item) => markdownLine(cells(item)),
    lineEnd: '\n',
    tail: '',
  }),
};

export { markdown, markdownText };
