import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileFaults } from './package-files';
import { root } from './source-files';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** Returns the source of a compiled file: consumer/a.ts for dist/consumer/a.js. */
const sourceOf = (built: string) => built.replace(/^\.\/dist\/(.+?)(\.d\.ts|\.js)$/, '$1.ts');

describe('package.json', () => {
  it('exports the reader, the events, the archive and the constructs, with types first', () => {
    const entries = Object.entries<Record<string, string>>(manifest.exports);
    expect(entries.map(([path]) => path)).toEqual([
      '.',
      './events',
      './archive',
      './modules',
      './package.json',
    ]);
    for (const [, conditions] of entries.slice(0, -1)) {
      expect(Object.keys(conditions)).toEqual(['types', 'default']);
      expect(conditions.types).toBe(conditions.default?.replace(/\.js$/, '.d.ts'));
    }
  });

  it('has a source for each entry', () => {
    const { './package.json': _, ...entries } = manifest.exports;
    for (const built of Object.values<Record<string, string>>(entries).flatMap(Object.values<string>)) {
      expect(existsSync(join(root, sourceOf(built)))).toBe(true);
    }
  });

  it('has the same entry for resolvers without support for exports maps', () => {
    expect(manifest.main).toBe(manifest.exports['.'].default);
    expect(manifest.types).toBe(manifest.exports['.'].types);
  });

  it('has one command, a Node script that loads the command line', () => {
    expect(manifest.bin).toEqual({ 'ses-events': 'bin/ses-events.js' });
    expect(read(manifest.bin['ses-events'])).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(read(manifest.bin['ses-events'])).toContain("require('../dist/consumer/cli/ses-events.js')");
    expect(existsSync(join(root, 'consumer/cli/ses-events.ts'))).toBe(true);
  });

  it('packs the compiled files, their sources, the command, the sample archive and the change log', () => {
    expect([...manifest.files].sort()).toEqual([
      '!modules/app',
      'CHANGELOG.md',
      'bin',
      'consumer/**/*.ts',
      'consumer/**/*.tsx',
      'dist',
      'examples/sample-archive',
      'modules/**/*.ts',
    ]);
  });

  it('is CommonJS, has no side effects, and requires a Node version that can require() an ES module', () => {
    expect(manifest.type).toBe('commonjs');
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.engines).toEqual({ node: '>=20.19' });
  });

  it('has zod and the packages of the constructs as peers, and tests with versions in their ranges', () => {
    expect(manifest.peerDependencies).toEqual({
      '@cdktf/provider-aws': '^21.0.0',
      cdktf: '^0.21.0',
      constructs: '^10.4.2',
      zod: '^4.0.0',
    });
    for (const [name, range] of Object.entries<string>(manifest.peerDependencies)) {
      expect(manifest.dependencies).not.toHaveProperty([name]);
      const [, major] = /^\^(\d+)/.exec(range) ?? [];
      expect(manifest.devDependencies[name]).toMatch(new RegExp(`^${major}\\.`));
    }
  });

  it('has CDKTF as an optional peer', () => {
    const optional = Object.keys(manifest.peerDependenciesMeta);
    expect(optional).toEqual(['@cdktf/provider-aws', 'cdktf', 'constructs']);
    for (const name of optional) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
  });

  it('has no install scripts', () => {
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });
});

describe('docs/deploying.md', () => {
  it('contains the app that test/package/main.ts compiles and runs', () => {
    const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('docs/deploying.md')) ?? [];
    expect(shown).toBe(read('test/package/constructs/app.ts'));
  });
});

describe('fileFaults', () => {
  const validFiles = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/ses-events.js',
    ...['consumer/index', 'consumer/events/index', 'consumer/cli/ses-events', 'modules/index'].flatMap(
      (name) => [`dist/${name}.d.ts`, `dist/${name}.d.ts.map`, `dist/${name}.js`, `${name}.ts`],
    ),
    'dist/consumer/queries/questions/health.sql',
    'dist/consumer/report/document/style.css',
    'dist/consumer/report/server/assets/page.css',
    'dist/consumer/report/server/assets/page.js',
    'examples/sample-archive/events/dt=2026-08-04/hour=07/email-events-1.gz',
    'package.json',
  ];

  it('accepts a complete list', () => {
    expect(fileFaults(validFiles)).toEqual([]);
    const props = 'modules/settings/stream-props.generated';
    const generated = [`dist/${props}.d.ts`, `dist/${props}.d.ts.map`, `dist/${props}.js`, `${props}.ts`];
    expect(fileFaults([...validFiles, ...generated])).toEqual([]);
  });

  it.each([
    'dist/consumer/index.js.map',
    'dist/consumer/index.test.d.ts',
    'dist/test/corpus.d.ts',
    'dist/tsconfig.tsbuildinfo',
    'consumer/index.test.ts',
    'consumer/queries/questions/health.sql',
    'modules/app/context.ts',
    'main.ts',
    'test/corpus.ts',
    'examples/lambda/handler.ts',
    'docs/reading.md',
    '.env',
  ])('reports the unexpected file %s', (path) => {
    expect(fileFaults([...validFiles, path])).toEqual([`${path} is unexpected`]);
  });

  it.each(validFiles)('reports the missing file %s', (path) => {
    expect(fileFaults(validFiles.filter((other) => other !== path))).not.toEqual([]);
  });

  it('reports a module without types, declaration map and source', () => {
    expect(fileFaults([...validFiles, 'dist/consumer/cli/a.js'])).toEqual([
      'dist/consumer/cli/a.js has no types',
      'dist/consumer/cli/a.js has no declaration map',
      'dist/consumer/cli/a.js has no source',
    ]);
  });
});
