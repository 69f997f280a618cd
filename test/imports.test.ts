import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderCycles } from './package/folder-cycles';
import {
  archiveFaults,
  archiveFolders,
  constructFaults,
  consumerFolders,
  cycles,
  folderFaults,
  heavyFaults,
  moduleFaults,
  policyFaults,
} from './package/import-rules';
import { findImports, type ImportForm, packageOf, type Sources } from './package/imports';
import { readSources, root } from './package/source-files';

/** Creates sources from paths and texts. */
const files = (...entries: [path: string, source: string][]) => new Map(entries);

describe('findImports', () => {
  it.each<[source: string, specifier: string, form: ImportForm]>([
    ["import a from 'x';", 'x', 'static'],
    ['import a from "x";', 'x', 'static'],
    ["import a, { b } from 'x';", 'x', 'static'],
    ["import * as a from './x';", './x', 'static'],
    ["import {\n  a,\n  b as c,\n} from '../x';", '../x', 'static'],
    ["import{a}from'x';", 'x', 'static'],
    ["import 'x/register';", 'x/register', 'static'],
    ["import a = require('x');", 'x', 'static'],
    ["const a = require('x');", 'x', 'static'],
    ["export * from 'x';", 'x', 'static'],
    ["export * as a from 'x';", 'x', 'static'],
    ["export { a, type B } from 'x';", 'x', 'static'],
    ["import { type A, b } from 'x';", 'x', 'static'],
    ["import type from 'x';", 'x', 'static'],
    ["import type { A } from 'x';", 'x', 'type'],
    ["import type A from 'x';", 'x', 'type'],
    ["import { type A, type B as C } from 'x';", 'x', 'type'],
    ["export type { A } from 'x';", 'x', 'type'],
    ["export { type A } from 'x';", 'x', 'type'],
    ["  const { a } = await import('x');", 'x', 'dynamic'],
    ['import(\n  /* why */ "x"\n)', 'x', 'dynamic'],
    ['import(`x`)', 'x', 'dynamic'],
    ["  return require('x');", 'x', 'dynamic'],
    ["require.resolve('x/y')", 'x/y', 'path'],
  ])('%j', (source, specifier, form) => {
    expect(findImports(source)).toEqual([{ specifier, form }]);
  });

  it.each([
    "// import a from 'x';",
    "/**\n * import a from 'x';\nimport a from 'x';\n */",
    'const a = "await import(\'x\')";',
    'const a = \'require("x")\';',
    "const a = `\nimport a from 'x';\n`;",
    "export const from = 'x';",
    "export { a };\nconst from = 'x';",
    "export interface A {\n  from: 'x';\n}",
    'import(path)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is a source
    'import(`./${name}`)',
  ])('finds no import in %j', (source) => {
    expect(findImports(source)).toEqual([]);
  });

  it('returns imports in order', () => {
    const source = "import a from 'a'; // from 'b'\nexport * from './c';\nconst d = await import('d');\n";
    expect(findImports(source).map(({ specifier }) => specifier)).toEqual(['a', './c', 'd']);
  });

  it.each([
    ['zod', 'zod'],
    ['zod/v4', 'zod'],
    ['@aws-sdk/client-s3', '@aws-sdk/client-s3'],
    ['@scope/name/sub/path', '@scope/name'],
    ['node:fs', undefined],
    ['./zod', undefined],
    ['../..', undefined],
  ])('finds the package of %s: %s', (specifier, name) => {
    expect(packageOf(specifier)).toBe(name);
  });
});

describe('the import rules reject', () => {
  const events = 'consumer/events/index.ts';
  const at = (folder: string) => `consumer/${folder}/a.ts`;
  const imports = (specifier: string) => `import { a } from '${specifier}';`;

  it.each([
    ['events', '../records/a'],
    ['records', '../sources/a'],
    ['sources', '../archive/a'],
    ['archive', '../queries/a'],
    ['queries', '../doctor/a'],
    ['queries', '../cli/a'],
    ['doctor', '../cli/a'],
    ['doctor', '../sample/a'],
    ['doctor', '../../modules/policies/pattern'],
    ['sources', '../sample'],
    ['queries', '../sample/a'],
    ['sample', '../sources/a'],
    ['sample', '../records/a'],
    ['sample', '../cli/a'],
    ['cli', '..'],
    ['cli', '../index'],
    ['cli', '../attic/a'],
    ['cli', '../../modules/email-event-stream'],
    ['cli', '../../test/corpus'],
    ['cli', '../../package.json'],
    ['events', '../../modules/policies/policy-documents'],
    ['records', 'ses-event-archive'],
    ['records', 'ses-event-archive/events'],
    ['events', 'fflate'],
    ['events', 'node:crypto'],
    ['attic', 'zod'],
  ])('%s importing %s', (folder, specifier) => {
    expect(folderFaults(files([at(folder), imports(specifier)]))).toHaveLength(1);
  });

  it('an import from a later folder in any form', () => {
    for (const source of [
      "import type { A } from '../cli/a';",
      "export * from '../cli/a';",
      "await import('../cli/a');",
      "require('../cli/a');",
    ]) {
      expect(folderFaults(files([at('records'), source]))).toEqual([
        'consumer/records/a.ts imports consumer/cli/a: records must not import cli',
      ]);
    }
  });

  it('the entry importing the command line or the sample generator', () => {
    for (const folder of ['cli', 'sample']) {
      expect(folderFaults(files(['consumer/index.ts', imports(`./${folder}/a`)]))).toHaveLength(1);
    }
  });

  it.each([
    ['store', '../dialects/a'],
    ['dialects', '../rows/a'],
    ['rows', '../views/a'],
    ['views', '../staging/a'],
    ['staging', '../file/a'],
    ['file', '../erasure/a'],
    ['erasure', '../ingest/a'],
    ['ingest', '../rejects/a'],
    ['rejects', '../export/a'],
    ['export', '../rejects/a'],
    ['ingest/line-scanner', '../../rejects/a'],
    ['store', '..'],
    ['store', '../index'],
    ['attic', '../store/a'],
  ])('archive/%s importing %s', (folder, specifier) => {
    const sources = files([`consumer/archive/${folder}/a.ts`, imports(specifier)]);
    expect(archiveFaults(sources)).toHaveLength(1);
  });

  it.each(['', '/index', '/records/counts', '/archive/ingest', '/sources/s3'])(
    'modules importing consumer%s',
    (path) => {
      expect(moduleFaults(files(['modules/a.ts', imports(`../consumer${path}`)]))).toHaveLength(1);
    },
  );

  it.each([
    ['an engine', "import { a } from '@duckdb/node-api';"],
    ['an engine dynamically', "await import('@duckdb/node-api');"],
    ['the network', "import { a } from 'node:https';"],
    ['another folder', "import { a } from '../sources/a';"],
    ['the tables of the archive', "import { a } from '../archive/store/schema';"],
  ])('modules importing SQL text that loads %s', (_, source) => {
    const sources = files(
      ['modules/a.ts', imports('../consumer/queries/views')],
      ['consumer/queries/views.ts', imports('./b')],
      ['consumer/queries/b.ts', source],
      ['consumer/sources/a.ts', ''],
      ['consumer/archive/store/schema.ts', ''],
    );
    expect(moduleFaults(sources)).toHaveLength(1);
  });

  it('modules importing a view that loads the tables of the archive', () => {
    const sources = files(
      ['modules/a.ts', imports('../consumer/archive/views/b')],
      ['consumer/archive/views/b.ts', imports('../store/schema')],
      ['consumer/archive/store/schema.ts', ''],
    );
    expect(moduleFaults(sources)).toHaveLength(1);
  });

  it.each(['@aws-sdk/client-s3', '@aws-sdk/lib-storage/x', 'snappy', 'tinyglobby'])(
    '%s in a static import',
    (name) => {
      for (const source of [imports(name), `export * from '${name}';`, `const a = require('${name}');`]) {
        expect(heavyFaults(files([at('sources'), source]))).toHaveLength(1);
      }
    },
  );

  it.each(['@cdktf/provider-aws', '@cdktf/provider-aws/lib', '@cdktn/provider-aws'])(
    '%s imported completely',
    (name) => {
      expect(constructFaults(files(['modules/a.ts', imports(name)]))).toHaveLength(1);
    },
  );

  it('a package in files of modules/ that the command line loads', () => {
    const sources = files(
      ['modules/policies/policy-documents.ts', imports('./b')],
      ['modules/policies/b.ts', `${imports('cdktf')}\nimport type { A } from 'constructs';`],
    );
    expect(constructFaults(sources)).toEqual([
      expect.stringContaining('modules/policies/b.ts imports cdktf'),
    ]);
  });

  it('import cycles of files', () => {
    const sources = files(
      ['consumer/cli/main.ts', imports('./a')],
      ['consumer/cli/a.ts', "await import('./b');"],
      ['consumer/cli/b.ts', "import type { A } from '.';"],
      ['consumer/cli/index.ts', "export * from './a';"],
      ['consumer/cli/self.ts', imports('./self')],
    );
    expect(cycles(sources)).toEqual([
      'consumer/cli/a.ts → consumer/cli/b.ts → consumer/cli/index.ts → consumer/cli/a.ts',
      'consumer/cli/self.ts → consumer/cli/self.ts',
    ]);
  });

  it('import cycles of folders', () => {
    const viaTwoFolders = files(
      ['consumer/a/x.ts', imports('../b/y')],
      ['consumer/b/y.ts', "import type { A } from '../c/z';"],
      ['consumer/c/z.ts', "await import('../a/other');"],
      ['consumer/a/other.ts', ''],
    );
    expect(cycles(viaTwoFolders)).toEqual([]);
    expect(folderCycles(viaTwoFolders, 'consumer')).toEqual([
      'consumer/a → consumer/b → consumer/c → consumer/a: consumer/a/x.ts imports consumer/b/y.ts, ' +
        'consumer/b/y.ts imports consumer/c/z.ts, consumer/c/z.ts imports consumer/a/other.ts',
    ]);
    expect(folderCycles(viaTwoFolders, 'modules')).toEqual([]);
  });

  it.each([
    ['a folder and its parent', { 'a/x.ts': './b/y', 'a/b/y.ts': '../z', 'a/z.ts': './x' }, 1],
    ['two cycles', { 'a/x.ts': '../b/y', 'b/y.ts': '../a/x', 'c/x.ts': '../d/y', 'd/y.ts': '../c/x' }, 2],
    ['no cycle: a folder above another', { 'a/x.ts': './b/y', 'a/b/y.ts': '', 'a/z.ts': './b/y' }, 0],
    ['no cycle: a chain of files in a folder', { 'a/x.ts': './z', 'a/z.ts': './y', 'a/y.ts': '' }, 0],
    ['no cycle: the same name in another tree', { 'a/x.ts': '../../other/b/y', 'b/y.ts': '../a/x' }, 0],
  ])('cycles of folders: %s', (_, imported: Record<string, string>, count) => {
    const sources = files(
      ...Object.entries(imported).map(([path, specifier]): [string, string] => [
        `consumer/${path}`,
        specifier === '' ? '' : imports(specifier),
      ]),
      ['other/b/y.ts', imports('../../consumer/b/y')],
    );
    expect(folderCycles(sources, 'consumer')).toHaveLength(count);
  });

  it.each(['../stream', '../settings/field', '../../consumer/events', 'cdktf', 'node:fs'])(
    'policies importing %s',
    (specifier) => {
      const sources = files(
        ['modules/policies/a.ts', `${imports('./b')}\n${imports(specifier)}`],
        ['modules/policies/b.ts', ''],
      );
      expect(policyFaults(sources)).toEqual([
        `modules/policies/a.ts imports ${specifier}: policies must only import from their folder`,
      ]);
    },
  );

  it('no valid import', () => {
    const sources = files(
      ['consumer/index.ts', "export * from './events';\nexport { a } from './sources/a';"],
      [events, "import { z } from 'zod';\nexport * from './bounce';"],
      ['consumer/events/bounce.ts', "import type { z } from 'zod/v4';"],
      [at('sample'), "import { a } from '../events';\nimport type { B } from '../records/a';"],
      [at('sources'), "import type { S3Client } from '@aws-sdk/client-s3';\nawait import('tinyglobby');"],
      ['consumer/archive/store/columns.ts', imports('../../events')],
      ['consumer/archive/index.ts', "export * from './export/parquet';"],
      ['consumer/archive/ingest/line-scanner/a.ts', imports('../../rows/cell')],
      [
        'consumer/queries/views.ts',
        "import { a } from '../archive/store/columns';\nimport { b } from 'node:fs';",
      ],
      [
        at('doctor'),
        "import { a } from '../sources/a';\nimport { b } from '../../modules/policies/policy-evaluator';",
      ],
      [
        at('cli'),
        "import { a } from '../sample';\nimport { b } from '../../modules/policies/policy-documents';",
      ],
      ['consumer/cli/commands/read.ts', imports('../a')],
      ['modules/policies/policy-documents.ts', imports('./b')],
      ['modules/b.ts', ''],
      ['modules/c.ts', `${imports('../consumer/events')}\n${imports('@cdktf/provider-aws/lib/s3-bucket')}`],
      [
        'modules/catalog.ts',
        `${imports('../consumer/archive/store/columns')}\n${imports('../consumer/queries/views')}`,
      ],
      ['modules/views.ts', imports('../consumer/archive/views/opens')],
      ['consumer/archive/views/opens.ts', imports('../store/columns')],
    );
    expect(
      [folderFaults, archiveFaults, moduleFaults, heavyFaults, constructFaults, cycles].flatMap((rule) =>
        rule(sources),
      ),
    ).toEqual([]);
    expect([folderCycles(sources, 'consumer'), folderCycles(sources, 'modules')]).toEqual([[], []]);
  });
});

describe('this repository', () => {
  const sources: Sources = new Map([
    ...readSources(['consumer', 'modules']),
    ['main.ts', readFileSync(join(root, 'main.ts'), 'utf8')],
  ]);

  it('has sources with imports', () => {
    expect(sources.has('consumer/index.ts')).toBe(true);
    expect([...sources.values()].flatMap(findImports).length).toBeGreaterThan(sources.size);
  });

  it.each([
    ['consumer', [...consumerFolders, 'sample']],
    ['consumer/archive', archiveFolders.flat()],
  ])('has exactly the folders of %s that are in the list', (top, order) => {
    const below = [...sources.keys()].filter((file) => file.startsWith(`${top}/`));
    const folders = below.map((file) => file.slice(top.length + 1)).filter((name) => name.includes('/'));
    expect([...new Set(folders.map((name) => name.split('/')[0]))].sort()).toEqual([...order].sort());
  });

  it.each([
    ['imports only from earlier folders of the consumer', folderFaults],
    ['imports only from earlier folders of the archive', archiveFaults],
    ['imports only the vocabulary and SQL text of the consumer into modules/', moduleFaults],
    ['loads large packages only when required', heavyFaults],
    ['imports single files of the provider, and no CDKTF into the command line', constructFaults],
    ['has no import cycles of files', cycles],
    ['has policies without imports of the constructs', policyFaults],
  ])('%s', (_, rule) => {
    expect(rule(sources)).toEqual([]);
  });

  it.each(['consumer', 'modules'])('has no import cycles of folders in %s', (top) => {
    expect(folderCycles(sources, top)).toEqual([]);
  });
});
