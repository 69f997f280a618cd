import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileFaults } from './package-files';
import { root } from './source-files';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** dist/consumer/a.js is compiled from consumer/a.ts. */
const sourceOf = (built: string) => built.replace(/^\.\/dist\/(.+?)(\.d\.ts|\.js)$/, '$1.ts');

describe('package.json', () => {
  it('offers the reader, the events and the constructs, types first', () => {
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

  it('names entries that are compiled from a source', () => {
    const { './package.json': _, ...entries } = manifest.exports;
    for (const built of Object.values<Record<string, string>>(entries).flatMap(Object.values<string>)) {
      expect(existsSync(join(root, sourceOf(built)))).toBe(true);
    }
  });

  it('gives resolvers that know no exports map the same entry', () => {
    expect(manifest.main).toBe(manifest.exports['.'].default);
    expect(manifest.types).toBe(manifest.exports['.'].types);
  });

  it('has one command, a file that Node runs and that loads the command line', () => {
    expect(manifest.bin).toEqual({ 'ses-events': 'bin/ses-events.js' });
    expect(read(manifest.bin['ses-events'])).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(read(manifest.bin['ses-events'])).toContain("require('../dist/consumer/cli/ses-events.js')");
    expect(existsSync(join(root, 'consumer/cli/ses-events.ts'))).toBe(true);
  });

  it('packs nothing but what is built, its sources, the command, the sample archive and the changes', () => {
    expect([...manifest.files].sort()).toEqual([
      '!modules/app',
      'CHANGELOG.md',
      'bin',
      'consumer/**/*.ts',
      'dist',
      'examples/sample-archive',
      'modules/**/*.ts',
    ]);
  });

  it('is CommonJS, free of side effects, and for the Node versions that can require() an ES module', () => {
    expect(manifest.type).toBe('commonjs');
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.engines).toEqual({ node: '>=20.19' });
  });

  it('leaves zod to the user, and what only the constructs need, and is tested with versions in those ranges', () => {
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

  it('does not bring CDKTF to those who only read', () => {
    const optional = Object.keys(manifest.peerDependenciesMeta);
    expect(optional).toEqual(['@cdktf/provider-aws', 'cdktf', 'constructs']);
    for (const name of optional) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
  });

  it('runs nothing when it is installed', () => {
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });
});

describe('docs/deploying.md', () => {
  it('shows the app that is compiled and run with the packed constructs', () => {
    const [, shown] = /```ts\n([\s\S]*?)```/.exec(read('docs/deploying.md')) ?? [];
    expect(shown).toBe(read('test/package/constructs/app.ts'));
  });
});

describe('the list of packed files', () => {
  const inOrder = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/ses-events.js',
    ...['consumer/index', 'consumer/events/index', 'consumer/cli/ses-events', 'modules/index'].flatMap(
      (name) => [`dist/${name}.d.ts`, `dist/${name}.d.ts.map`, `dist/${name}.js`, `${name}.ts`],
    ),
    'dist/consumer/queries/questions/health.sql',
    'examples/sample-archive/events/dt=2026-08-04/hour=07/email-events-1.gz',
    'package.json',
  ];

  it('is in order', () => {
    expect(fileFaults(inOrder)).toEqual([]);
    const props = 'modules/settings/stream-props.generated';
    const made = [`dist/${props}.d.ts`, `dist/${props}.d.ts.map`, `dist/${props}.js`, `${props}.ts`];
    expect(fileFaults([...inOrder, ...made])).toEqual([]);
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
  ])('has %s, which does not belong', (path) => {
    expect(fileFaults([...inOrder, path])).toEqual([`${path} does not belong`]);
  });

  it.each(inOrder)('lacks %s', (path) => {
    expect(fileFaults(inOrder.filter((other) => other !== path))).not.toEqual([]);
  });

  it('has a module without types, their map and its source', () => {
    expect(fileFaults([...inOrder, 'dist/consumer/cli/a.js'])).toEqual([
      'dist/consumer/cli/a.js has no types',
      'dist/consumer/cli/a.js has no declaration map',
      'dist/consumer/cli/a.js has no source',
    ]);
  });
});
