// Writes the docstrings of event fields into dist. `npm run build` runs it after the compiler.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-api';
import { documentDeclarations } from './document-declarations';

const root = join(__dirname, '..');
const folder = 'consumer/events';

const written = (source: string) => join(root, 'dist', source.replace(/ts$/, 'd.ts'));
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);

const sources = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `${folder}/${name}`);
const program = ts.createProgram(
  sources.map((source) => join(root, source)),
  { ...options, types: [] },
);

const declarations = sources.map((source) => ({
  source: join(root, source),
  text: readFileSync(written(source), 'utf8'),
  map: readFileSync(`${written(source)}.map`, 'utf8'),
}));
for (const [index, { text, map }] of documentDeclarations(program, declarations).entries()) {
  const path = written(sources[index] ?? '');
  writeFileSync(path, text);
  writeFileSync(`${path}.map`, map);
}
