import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pageAddress } from '../consumer/pages/page-address';
import { readSources, root } from './package/source-files';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => !path.startsWith('test/') && existsSync(join(root, path)));

/** Returns a page without its code blocks, which contain no links and headings. */
const prose = (text: string) => text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');

/** Returns the anchors of the headings on GitHub: lower case, with hyphens for spaces and no other punctuation. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(text).matchAll(/^#+ (.*)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Returns the targets of the links of a page to files of the repository, with paths from the root. */
function linksOf(page: string, text: string): { path: string; anchor: string | undefined }[] {
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path: path === '' ? page : relative(root, join(root, dirname(page), path)), anchor };
    });
}

/** Returns the broken links of a page. */
function brokenLinks(page: string, text: string): string[] {
  return linksOf(page, text)
    .filter(({ path, anchor }) => {
      if (path === page) return anchor !== undefined && !anchorsIn(text).has(anchor);
      if (!existsSync(join(root, path))) return true;
      return anchor !== undefined && !anchorsIn(read(path)).has(anchor);
    })
    .map(({ path, anchor }) => (anchor === undefined ? path : `${path}#${anchor}`));
}

describe('the links of a page', () => {
  it.each(pages)('point to existing files and headings: %s', (page) => {
    expect(brokenLinks(page, read(page))).toEqual([]);
  });

  it.each([
    ['[a](b.md)', ['docs/b.md']],
    ['[a](#b)', ['docs/a.md#b']],
    ['[a](../README.md#nowhere)', ['README.md#nowhere']],
    ['[a](../README.md#install) [b](https://example.com/b.md)', []],
    ['## What `dt` is, and why\n[a](#what-dt-is-and-why)', []],
    ['## A\n## A\n[a](#a-1)', []],
    ['```text\n[a](b.md)\n```', []],
  ])('are reported if they are broken: %j', (text, broken) => {
    expect(brokenLinks('docs/a.md', text)).toEqual(broken);
  });
});

describe('the addresses of pages in messages', () => {
  const sources = [...readSources(['consumer', 'modules']), ['main.ts', read('main.ts')] as const];

  /** The calls of `pageAddress`, with page and anchor. */
  const addressed = sources.flatMap(([file, source]) =>
    [...source.matchAll(/pageAddress\(\s*'([^']*)'(?:,\s*'([^']*)')?,?\s*\)/g)].map(
      ([, page = '', anchor]) => ({
        file,
        path: `docs/${page}.md`,
        anchor,
      }),
    ),
  );

  it('point to existing pages and headings', () => {
    const broken = addressed.filter(
      ({ path, anchor }) =>
        !existsSync(join(root, path)) || (anchor !== undefined && !anchorsIn(read(path)).has(anchor)),
    );
    expect(broken).toEqual([]);
    expect(addressed.length).toBeGreaterThan(10);
  });

  it('are literal, so that this test can read them', () => {
    const calls = sources.flatMap(([, source]) => source.match(/(?<!function )\bpageAddress\(/g) ?? []);
    const examples = 1;
    expect(calls.length - examples).toBe(addressed.length - examples);
  });

  it.each([
    ['asking', undefined, '/blob/main/docs/asking.md'],
    ['asking', 'what-each-name-means', '/blob/main/docs/asking.md#what-each-name-means'],
  ])('begin with the homepage of the package: %s, %s', (page, anchor, path) => {
    const { homepage } = JSON.parse(read('package.json'));
    expect(pageAddress(page, anchor)).toBe(`${homepage.split('#')[0]}${path}`);
  });

  it('replace paths, which an installed package does not have', () => {
    const withPath = sources.filter(([, source]) =>
      source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').includes('docs/'),
    );
    expect(withPath.map(([file]) => file)).toEqual(['consumer/pages/page-address.ts']);
  });
});

describe('docs/README.md', () => {
  it('links to every page of docs/', () => {
    const linked = new Set(linksOf('docs/README.md', read('docs/README.md')).map(({ path }) => path));
    const listed = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
    expect(listed.filter((page) => !linked.has(page))).toEqual([]);
  });
});

describe('a page', () => {
  /** Reference pages, most of them generated. */
  const reference = ['docs/cli.md', 'docs/questions.md'];

  it('has at most 200 lines', () => {
    const toRead = pages.filter(
      (page) => /^(README|docs\/[^/]+)\.md$/.test(page) && !reference.includes(page),
    );
    expect(toRead.filter((page) => read(page).split('\n').length > 200)).toEqual([]);
  });
});
