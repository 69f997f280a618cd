import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../package/source-files';
import { type DroppedPhrase, droppedPhrases } from './dropped-phrases';
import { occurrences } from './prose';

/** Pages that are checked, and folders of pages. */
const checked = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs'];

/** Folders whose scripts and queries are checked: comments, texts and names of tests. */
const scripted = ['consumer', 'modules', 'main.ts', 'docs', 'bench', 'build', 'examples', 'test'];

/** Not checked: the phrases themselves, and texts of the sample's messages and servers. */
const data = /^(?:test\/phrases\/|consumer\/sample\/(?:profiles\/senders|steps\/(?:bounce|deliver))\.ts$)/;

/** Not checked: generated pages have texts of scripts, and style has the phrases. */
const unchecked = /^docs\/(?:style\.md$|(?:cli|columns|configuration|questions)\.md$|.*\.ts$)/;

/** The files below pages and folders that git tracks or would track, deleted ones aside. */
function filesBelow(...paths: string[]): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths],
    { cwd: root, encoding: 'utf8' },
  );
  return listed.split('\n').filter((path) => /\.(?:md|ts|sql)$/.test(path) && existsSync(join(root, path)));
}

const textOf = (path: string) => [path, readFileSync(join(root, path), 'utf8')] as const;

const pages = filesBelow(...checked).filter((path) => !unchecked.test(path));
const scripts = filesBelow(...scripted).filter((path) => /\.(?:ts|sql)$/.test(path) && !data.test(path));

const found = ({ pattern, after }: DroppedPhrase, path: string, text: string) =>
  occurrences(path, text, pattern).map((where) => `${where} → as in "${after}"`);

describe('a page', () => {
  const texts = pages.map(textOf);

  it('is checked', () => {
    expect(pages).toContain('docs/asking.md');
  });

  it.each(droppedPhrases)('does not use "$before"', (phrase) => {
    expect(texts.flatMap(([path, text]) => found(phrase, path, text))).toEqual([]);
  });
});

describe('a script', () => {
  const texts = scripts.map(textOf);

  it('is checked', () => {
    expect(scripts).toEqual(
      expect.arrayContaining(['consumer/archive/ingest/ingest.ts', 'consumer/queries/questions/health.sql']),
    );
  });

  it.each(droppedPhrases)('does not use "$before"', (phrase) => {
    expect(texts.flatMap(([path, text]) => found(phrase, path, text))).toEqual([]);
  });
});

describe('a dropped phrase', () => {
  it.each(droppedPhrases)('is found in "$before", and not in "$after"', ({ pattern, before, after }) => {
    expect(occurrences('page.md', before, pattern)).not.toEqual([]);
    expect(droppedPhrases.flatMap((phrase) => occurrences('page.md', after, phrase.pattern))).toEqual([]);
  });

  const exactWay = /\bexact way\b/;

  it.each([
    ['page.md', 'one\n\nthe exact\n  way', 3],
    ['script.ts', 'const a = 1;\n/**\n * The exact\n * way.\n */', 3],
    ['script.ts', 'call(\n  // the exact\n  // way\n);', 2],
    ['script.ts', "const a = 'the exact way';", 1],
    ['question.sql', 'SELECT 1\n-- the exact\n-- way', 2],
  ])('is found in %s over lines: %j', (path, text, line) => {
    expect(occurrences(path, text, exactWay)).toEqual([expect.stringContaining(`${path}:${line}: exact`)]);
  });

  it.each([
    ['page.md', 'text\n```text\nthe exact way\n```\n'],
    ['page.md', '[page](exact way)'],
    ['script.ts', 'exact.way; exact /way/'],
  ])('is not found in code of %s: %j', (path, text) => {
    expect(occurrences(path, text, exactWay)).toEqual([]);
  });
});
