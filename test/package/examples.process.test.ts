import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands';
import { readSources, root } from './source-files';

/** The paths of the pages. */
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

/** The TypeScript blocks that import the package. Other blocks are parts of programs. */
const blocks = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
    text.includes("from 'ses-event-archive") ? [[page, text] as const] : [],
  ),
);

const archiveEntry = readFileSync(join(root, 'consumer/queries/index.ts'), 'utf8');

/** The examples in the docstrings of `consumer/archive`, with the imports that they omit. */
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

/** Returns the extension of a program: CommonJS, or a module if it has a top-level await. */
const extensionOf = (text: string) => (/^(?:\S.*)?\bawait\b/m.test(text) ? 'mts' : 'ts');

/** Returns the errors of the compiler for programs, each in its own module. */
function compilerErrors(programs: readonly (readonly [from: string, text: string])[]): string {
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
    return (error as Error).message; // `run` throws instances of Error
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the examples of the documentation', () => {
  it('exist for the package, the archive and the constructs', () => {
    for (const entry of ['ses-event-archive', 'ses-event-archive/archive', 'ses-event-archive/modules'])
      expect(blocks.filter(([, text]) => text.includes(`from '${entry}'`))).not.toEqual([]);
    expect(docstrings.length).toBeGreaterThan(5);
  });

  it('compile', () => {
    expect(compilerErrors([...blocks, ...docstrings])).toBe('');
  });

  it('do not compile with an unknown import or option', () => {
    const errors = compilerErrors([
      ['docs/a.md', "import { swallow } from 'ses-event-archive/archive';\nswallow();\n"],
      [
        'docs/b.md',
        "import { ingest } from 'ses-event-archive/archive';\nawait ingest('a', { archiv: 'b' });\n",
      ],
    ]);
    expect(errors).toContain("has no exported member 'swallow'");
    expect(errors).toContain("'archiv' does not exist in type");
  });
});
