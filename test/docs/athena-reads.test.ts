import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptResults } from '../../docs/kept-results';
import { root } from '../package/source-files';

/** The questions of the table in docs/athena.md, with the number of times that they read the lines. */
function listedReads(): Map<string, number> {
  const page = readFileSync(join(root, 'docs', 'athena.md'), 'utf8');
  const rows = page.matchAll(/^\| (`[a-z][^|]*`) +\| (\d+) +\|$/gm);
  return new Map(
    [...rows].flatMap(([, names = '', reads]) =>
      names.split(', ').map((name) => [name.replaceAll('`', ''), Number(reads)] as const),
    ),
  );
}

describe('the table of docs/athena.md about reads of the lines', () => {
  const { questions } = keptResults();
  const once = Math.min(...questions.map(({ lines }) => lines.physicalInputBytes));
  const listed = listedReads();

  it.each(questions.map(({ question, lines }) => [question, lines.physicalInputBytes / once] as const))(
    'has the reads of %s that the benchmark has measured',
    (question, measured) => {
      expect(listed.get(question) ?? 1).toBe(Math.round(measured));
    },
  );

  it('has only questions', () => {
    const names = questions.map(({ question }) => question);
    expect([...listed.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
