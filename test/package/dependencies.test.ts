import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  dependencyRows,
  documentedRows,
  type InstalledPackage,
  type Manifest,
  missingPackages,
  unusedPackages,
} from './dependency-rules';
import { readSources, root } from './source-files';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest; // our own package.json
const installed = (name: string) => JSON.parse(read(`node_modules/${name}/package.json`)) as InstalledPackage;

describe('the rules find', () => {
  const made: Manifest = {
    name: 'made-up',
    scripts: {},
    dependencies: { shipped: '1.0.0' },
    peerDependencies: { peer: '^1.0.0' },
    devDependencies: { tool: '1.0.0' },
  };
  const wellUsed: [string, string][] = [
    ['consumer/a.ts', "import 'shipped/a';\nimport type { A } from 'peer';\nimport 'node:fs';"],
    ['test/a.ts', "import 'tool';\nimport 'made-up';"],
  ];
  const version = { version: '1.0.0', license: 'MIT' };

  it.each([
    ['a test', 'test/b.ts', "import 'absent';", ['absent']],
    ['a type', 'consumer/b.ts', "import type { A } from 'absent/b';", ['absent']],
    ['a scoped package', 'bench/b.ts', "await import('@absent/b/c');", ['@absent/b']],
    ['what users do not get', 'consumer/b.ts', "import 'tool';", ['tool']],
    ['a path of a tool', 'consumer/b.ts', "require.resolve('tool');", []],
    ['nothing strange', 'consumer/b.ts', "import './absent';", []],
  ])('%s that is imported and not in package.json', (_, file, source, missing) => {
    expect(missingPackages(made, new Map([...wellUsed, [file, source]]))).toEqual(missing);
  });

  it.each<[string, Partial<Manifest>, string, Partial<InstalledPackage>, string[]]>([
    ['nothing imports', { dependencies: { left: '1.0.0' } }, 'left', {}, ['left']],
    ['only tests import', { dependencies: { tool: '1.0.0' } }, '', {}, ['tool']],
    ['nothing runs', { devDependencies: { left: '1.0.0' } }, 'a leftover', { bin: { go: '' } }, ['left']],
    ['a script runs', { devDependencies: { left: '1.0.0' } }, 'go --fast', { bin: { go: '' } }, []],
    ['runs by its own name', { devDependencies: { '@a/left': '1.0.0' } }, 'x && left', { bin: 'x.js' }, []],
    ['is configured', { devDependencies: { '@a/left': '1.0.0' } }, "['@a/left']", {}, []],
    ['types what is imported', { devDependencies: { '@types/shipped': '1.0.0' } }, '', {}, []],
    ['types Node', { devDependencies: { '@types/node': '1.0.0' } }, '', {}, []],
    ['types nothing', { devDependencies: { '@types/left': '1.0.0' } }, '', {}, ['@types/left']],
    [
      'a tool has as a peer',
      { devDependencies: { tool: '1.0.0', left: '1.0.0' } },
      '',
      { peerDependencies: { left: '*' } },
      [],
    ],
  ])('a dependency that %s', (_, change, toolText, about, unused) => {
    const changed = { ...made, dependencies: {}, peerDependencies: {}, ...change };
    const answer = () => ({ ...version, ...about });
    expect(unusedPackages(changed, new Map(wellUsed), toolText, answer)).toEqual(unused);
  });

  it('the rows of a page', () => {
    const page =
      '# A\n\n## Runtime\n\n| a | b |\n| - | - |\n| `a`  | 1.0.0 | MIT | for a |\n\n## Other\n\n| `b` | 2 | X |\n';
    expect(documentedRows(page)).toEqual({ Runtime: ['a | 1.0.0 | MIT'], Other: ['b | 2 | X'] });
  });
});

describe('this repository', () => {
  const sources = readSources(['consumer', 'modules', 'bin', 'test', 'bench', 'docs', 'examples']);
  const toolText = [
    ...Object.values(manifest.scripts),
    ...['jest.base.js', 'jest.config.js', 'test/package/main.ts'].map(read),
  ].join('\n');

  it('imports only what package.json lists, and ships nothing that only a checkout has', () => {
    expect(missingPackages(manifest, sources)).toEqual([]);
  });

  it('uses every package that package.json lists', () => {
    expect(unusedPackages(manifest, sources, toolText, installed)).toEqual([]);
  });

  it('pins what it installs itself', () => {
    const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(pins.filter(([, pin]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(pin))).toEqual([]);
  });

  it('has every AWS client at one version, so that they share what they are made of', () => {
    const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const clients = pins.filter(([name]) => name.startsWith('@aws-sdk/'));
    expect(clients.length).toBeGreaterThan(1);
    expect([...new Set(clients.map(([, pin]) => pin))]).toHaveLength(1);
  });

  it('gives each of them a line in docs/dependencies.md, with its version and license', () => {
    const documented = documentedRows(read('docs/dependencies.md'));
    for (const [heading, rows] of Object.entries(dependencyRows(manifest, installed))) {
      expect([...(documented[heading] ?? [])].sort()).toEqual([...rows].sort());
    }
  });

  it('gives a line there to each package that a script fetches for itself, with the same version', () => {
    const { api = '' } = manifest.scripts;
    const fetched = [...api.matchAll(/--package=(\S+)@(\S+)/g)].map(([, name, pin]) => `${name} | ${pin}`);
    const documented = documentedRows(read('docs/dependencies.md'))['Installed by `npm run api`'] ?? [];
    expect(fetched).toHaveLength(2);
    expect(documented.map((row) => row.split(' | ').slice(0, 2).join(' | ')).sort()).toEqual(fetched.sort());
  });
});
