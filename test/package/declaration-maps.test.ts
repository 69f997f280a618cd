import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { declarationMapFaults } from './declaration-maps';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-maps-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A made-up package of one declaration. */
function createPackage(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const declaration = 'export declare const a: 1;\n//# sourceMappingURL=a.d.ts.map';
const mapTo = (source: string, sourceRoot = '') =>
  JSON.stringify({ version: 3, sourceRoot, sources: [source] });
const complete = {
  'consumer/a.ts': 'export const a = 1;',
  'dist/consumer/a.d.ts': declaration,
  'dist/consumer/a.d.ts.map': mapTo('../../consumer/a.ts'),
};

it('a package whose maps lead to its sources is in order', () => {
  createPackage(complete);
  expect(declarationMapFaults(folder)).toEqual([]);
  createPackage({ ...complete, 'dist/consumer/a.d.ts.map': mapTo('a.ts', '../../consumer') });
  expect(declarationMapFaults(folder)).toEqual([]);
});

it.each<[string, Record<string, string>, string]>([
  [
    'names no map',
    { 'dist/consumer/a.d.ts': 'export declare const a: 1;' },
    'dist/consumer/a.d.ts has no map',
  ],
  [
    'has no map',
    { 'dist/consumer/b.d.ts': declaration.replace('a.d.ts.map', 'b.d.ts.map') },
    'dist/consumer/b.d.ts has no map',
  ],
  [
    'has a map to what was left out',
    { 'dist/consumer/a.d.ts.map': mapTo('../../consumer/b.ts') },
    'dist/consumer/a.d.ts.map leads to consumer/b.ts, which is not there',
  ],
  [
    'has a map to itself',
    { 'dist/consumer/a.d.ts.map': mapTo('a.d.ts') },
    'dist/consumer/a.d.ts.map leads to dist/consumer/a.d.ts, which is not there',
  ],
  [
    'has a map to a file outside of the package',
    { 'dist/consumer/a.d.ts.map': mapTo('../../../a.ts') },
    'dist/consumer/a.d.ts.map leads to ../a.ts, which is not there',
  ],
])('a declaration that %s is named', (_, files, fault) => {
  createPackage({ ...complete, ...files });
  expect(declarationMapFaults(folder)).toEqual([fault]);
});

it('a package without a declaration is not in order', () => {
  createPackage({ 'dist/a.js': '' });
  expect(declarationMapFaults(folder)).toEqual(['there is no declaration']);
});
