import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { declarationMapFaults } from './declaration-maps';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-maps-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Creates a package with one declaration. */
function createPackage(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const declaration = 'export declare const a: 1;\n//# sourceMappingURL=a.d.ts.map';
const mapTo = (source: string, sourceRoot = '') =>
  JSON.stringify({ version: 3, sourceRoot, sources: [source], names: [], mappings: 'AAAA' });
const complete = {
  'consumer/a.ts': 'export const a = 1;',
  'dist/consumer/a.d.ts': declaration,
  'dist/consumer/a.d.ts.map': mapTo('../../consumer/a.ts'),
};

it('accepts a package whose maps point to its sources', () => {
  createPackage(complete);
  expect(declarationMapFaults(folder)).toEqual([]);
  createPackage({ ...complete, 'dist/consumer/a.d.ts.map': mapTo('a.ts', '../../consumer') });
  expect(declarationMapFaults(folder)).toEqual([]);
});

it.each<[string, Record<string, string>, string]>([
  [
    'without a map comment',
    { 'dist/consumer/a.d.ts': 'export declare const a: 1;' },
    'dist/consumer/a.d.ts has no map',
  ],
  [
    'without a map',
    { 'dist/consumer/b.d.ts': declaration.replace('a.d.ts.map', 'b.d.ts.map') },
    'dist/consumer/b.d.ts has no map',
  ],
  [
    'with a map to a file that is not in the package',
    { 'dist/consumer/a.d.ts.map': mapTo('../../consumer/b.ts') },
    'dist/consumer/a.d.ts.map points to consumer/b.ts, which is not a TypeScript file of the package',
  ],
  [
    'with a map to itself',
    { 'dist/consumer/a.d.ts.map': mapTo('a.d.ts') },
    'dist/consumer/a.d.ts.map points to dist/consumer/a.d.ts, which is not a TypeScript file of the package',
  ],
  [
    'with a map to a file outside the package',
    { 'dist/consumer/a.d.ts.map': mapTo('../../../a.ts') },
    'dist/consumer/a.d.ts.map points to ../a.ts, which is not a TypeScript file of the package',
  ],
  [
    'with a map to other lines',
    { 'consumer/a.ts': '\nexport const a = 1;' },
    'dist/consumer/a.d.ts.map does not point to the line of a',
  ],
])('reports a declaration %s', (_, files, fault) => {
  createPackage({ ...complete, ...files });
  expect(declarationMapFaults(folder)).toEqual([fault]);
});

it('reports a package without declarations', () => {
  createPackage({ 'dist/a.js': '' });
  expect(declarationMapFaults(folder)).toEqual(['there are no declarations']);
});
