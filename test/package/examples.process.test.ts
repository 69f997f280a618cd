import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands';
import { readSources, root } from './source-files';

/** The pages that people read, by their path. */
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

/** The blocks of TypeScript on the pages that import the package; others show a piece of a program. */
const blocks = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
    text.includes("from 'ses-event-archive") ? [[page, text] as const] : [],
  ),
);

const archiveEntry = readFileSync(join(root, 'consumer/queries/index.ts'), 'utf8');

/** The examples in the docstrings of what `ses-event-archive/archive` exports, which name no imports. */
const docstrings = [...readSources(['consumer'])].flatMap(([path, source]) =>
  /^consumer\/(archive|queries\/answers)\//.test(path)
    ? [...source.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].map(([, commented = '']) => {
        const text = commented.replaceAll(/^ \* ?/gm, '');
        const names = [...new Set(text.match(/\b\w+(?=\()/g))].filter((name) =>
          new RegExp(`\\b${name}\\b`).test(archiveEntry),
        );
        const imports = `import { ${names.join(', ')} } from 'ses-event-archive/archive';\n`;
        return [path, `${imports}declare const signal: AbortSignal;\n${text}`] as const;
      })
    : [],
);

/** CommonJS, as TypeScript takes a file of this package's users to be, unless it waits outside of functions. */
const extensionOf = (text: string) => (/^(?:\S.*)?\bawait\b/m.test(text) ? 'mts' : 'ts');

/** What the compiler says of programs, each in a module of its own. */
function compilerFaults(programs: readonly (readonly [from: string, text: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-examples-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [index, [from, text]] of programs.entries())
      writeFileSync(join(folder, `${from.replaceAll('/', '-')}-${index}.${extensionOf(text)}`), text);
    const compilerOptions = {
      rootDir: '/',
      types: ['node'],
      noUnusedLocals: false,
    };
    const extended = join(root, 'tsconfig.json');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: extended, compilerOptions, include: ['*.ts', '*.mts'] }),
    );
    run(root, 'npx', '--no', '--', 'tsc', '-p', folder);
    return '';
  } catch (error) {
    return (error as Error).message; // run throws Errors
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the examples of the documentation', () => {
  it('are there for the package and for its archive', () => {
    for (const entry of ['ses-event-archive', 'ses-event-archive/archive', 'ses-event-archive/modules'])
      expect(blocks.filter(([, text]) => text.includes(`from '${entry}'`))).not.toEqual([]);
    expect(docstrings.length).toBeGreaterThan(5);
  });

  it('compile', () => {
    expect(compilerFaults([...blocks, ...docstrings])).toBe('');
  });

  it('do not compile with a name that is not exported, or an option that there is not', () => {
    const faults = compilerFaults([
      ['docs/a.md', "import { swallow } from 'ses-event-archive/archive';\nswallow();\n"],
      [
        'docs/b.md',
        "import { ingest } from 'ses-event-archive/archive';\nawait ingest('a', { archiv: 'b' });\n",
      ],
    ]);
    expect(faults).toContain("has no exported member 'swallow'");
    expect(faults).toContain("'archiv' does not exist in type");
  });
});
