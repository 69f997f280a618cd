import { readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
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

describe('the dependency rules', () => {
  const example: Manifest = {
    name: 'made-up',
    scripts: {},
    dependencies: { shipped: '1.0.0' },
    peerDependencies: { peer: '^1.0.0' },
    devDependencies: { tool: '1.0.0' },
  };
  const validSources: [string, string][] = [
    ['consumer/a.ts', "import 'shipped/a';\nimport type { A } from 'peer';\nimport 'node:fs';"],
    ['test/a.ts', "import 'tool';\nimport 'made-up';"],
  ];
  const version = { version: '1.0.0', license: 'MIT' };

  it.each([
    ['in a test', 'test/b.ts', "import 'absent';", ['absent']],
    ['as a type', 'consumer/b.ts', "import type { A } from 'absent/b';", ['absent']],
    ['with a scope', 'bench/b.ts', "await import('@absent/b/c');", ['@absent/b']],
    ['in shipped code from devDependencies', 'consumer/b.ts', "import 'tool';", ['tool']],
    ['none: in require.resolve of a tool', 'consumer/b.ts', "require.resolve('tool');", []],
    ['none: in a relative import', 'consumer/b.ts', "import './absent';", []],
  ])('find missing packages: %s', (_, file, source, missing) => {
    expect(missingPackages(example, new Map([...validSources, [file, source]]))).toEqual(missing);
  });

  it.each<[string, Partial<Manifest>, string, Partial<InstalledPackage>, string[]]>([
    ['without an import', { dependencies: { left: '1.0.0' } }, 'left', {}, ['left']],
    ['with imports in tests only', { dependencies: { tool: '1.0.0' } }, '', {}, ['tool']],
    [
      'without a script that runs it',
      { devDependencies: { left: '1.0.0' } },
      'a leftover',
      { bin: { go: '' } },
      ['left'],
    ],
    [
      'none: with a script that runs its command',
      { devDependencies: { left: '1.0.0' } },
      'go --fast',
      { bin: { go: '' } },
      [],
    ],
    [
      'none: with a script that runs it by name',
      { devDependencies: { '@a/left': '1.0.0' } },
      'x && left',
      { bin: 'x.js' },
      [],
    ],
    [
      'none: with its name in a configuration',
      { devDependencies: { '@a/left': '1.0.0' } },
      "['@a/left']",
      {},
      [],
    ],
    [
      'none: with types of an imported package',
      { devDependencies: { '@types/shipped': '1.0.0' } },
      '',
      {},
      [],
    ],
    ['none: with types of Node', { devDependencies: { '@types/node': '1.0.0' } }, '', {}, []],
    [
      'with types of a package that is not imported',
      { devDependencies: { '@types/left': '1.0.0' } },
      '',
      {},
      ['@types/left'],
    ],
    [
      'none: that is a peer of a tool',
      { devDependencies: { tool: '1.0.0', left: '1.0.0' } },
      '',
      { peerDependencies: { left: '*' } },
      [],
    ],
  ])('find unused dependencies: %s', (_, change, toolText, about, unused) => {
    const changed = { ...example, dependencies: {}, peerDependencies: {}, ...change };
    const installedPackage = () => ({ ...version, ...about });
    expect(unusedPackages(changed, new Map(validSources), toolText, installedPackage)).toEqual(unused);
  });

  it('find the rows of a page', () => {
    const page =
      '# A\n\n## Runtime\n\n| a | b |\n| - | - |\n| `a`  | 1.0.0 | MIT | for a |\n\n## Other\n\n| `b` | 2 | X |\n';
    expect(documentedRows(page)).toEqual({ Runtime: ['a | 1.0.0 | MIT'], Other: ['b | 2 | X'] });
  });
});

describe('this repository', () => {
  const sources = readSources(['consumer', 'modules', 'bin', 'test', 'bench', 'build', 'docs', 'examples']);
  const toolText = [
    ...Object.values(manifest.scripts),
    ...['jest.base.js', 'jest.config.js', 'test/package/main.ts'].map(read),
  ].join('\n');

  it('imports only packages in package.json, and no devDependencies in shipped code', () => {
    expect(missingPackages(manifest, sources)).toEqual([]);
  });

  it('uses every package in package.json', () => {
    expect(unusedPackages(manifest, sources, toolText, installed)).toEqual([]);
  });

  it('pins the versions of dependencies and devDependencies', () => {
    const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(pins.filter(([, pin]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(pin))).toEqual([]);
  });

  it('has the command tsc of the package typescript, not of typescript-api', () => {
    const command = realpathSync(join(root, 'node_modules', '.bin', 'tsc'));
    expect(command.split(sep).slice(-3)).toEqual(['typescript', 'bin', 'tsc']);
  });

  it('has the same version for all AWS clients, so that they share dependencies', () => {
    const pins = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const clients = pins.filter(([name]) => name.startsWith('@aws-sdk/client-'));
    expect(clients.length).toBeGreaterThan(1);
    expect([...new Set(clients.map(([, pin]) => pin))]).toHaveLength(1);
  });

  it('lists every package in docs/dependencies.md, with version and license', () => {
    const documented = documentedRows(read('docs/dependencies.md'));
    for (const [heading, rows] of Object.entries(dependencyRows(manifest, installed))) {
      expect([...(documented[heading] ?? [])].sort()).toEqual([...rows].sort());
    }
  });

  it('lists the packages that npm run api installs, with the same versions', () => {
    const { api = '' } = manifest.scripts;
    const fetched = [...api.matchAll(/--package=(\S+)@(\S+)/g)].map(([, name, pin]) => `${name} | ${pin}`);
    const documented = documentedRows(read('docs/dependencies.md'))['Installed by `npm run api`'] ?? [];
    expect(fetched).toHaveLength(2);
    expect(documented.map((row) => row.split(' | ').slice(0, 2).join(' | ')).sort()).toEqual(fetched.sort());
  });
});
