import { findCycles } from './folder-cycles';
import { findImports, type Import, packageOf, type Sources, targetOf } from './imports';

/** The folders of the consumer, in the order of imports: each can import the folders before it. `sample` is separate. */
const consumerFolders = [
  ...[
    'events',
    'pages',
    'texts',
    'records',
    'sources',
    'archive',
    'queries',
    'report',
    'doctor',
    'mcp',
    'cli',
  ],
];

/** The folders of the archive: each can import the folders before it. The last three cannot import each other. */
const archiveFolders = [
  ...['store', 'dialects', 'ordered', 'rows', 'masking', 'views', 'staging', 'file', 'erasure', 'ingest'],
  ['rejects', 'export', 'objects'],
];

/** Packages that take long to load. A static import would slow down every program that imports this package. */
const heavyPackages = [
  ...[/^@aws-sdk\//, /^@duckdb\//, /^@modelcontextprotocol\//, /^snappy$/, /^tinyglobby$/, /^d3-/, /^@?hono/],
];

/**
 * Folders that import heavy packages as usual. Other folders load these folders only when required, in a function, as they
 * load a heavy package.
 */
const heavyFolders = ['consumer/report/'];

/** The files of modules/ that the consumer can import. */
const sharedModules = [
  'modules/policies/deployment-actions',
  'modules/policies/deployment-policy',
  'modules/policies/policy-documents',
  'modules/policies/policy-evaluator',
];

/** The only folder of modules/ from which the consumer imports. */
const policies = 'modules/policies/';

const withoutExtension = (path: string) => path.replace(/\.tsx?$/, '');

/** An import, with the importing file and the imported file. */
interface FileImport extends Import {
  file: string;
  /** Undefined for packages and Node's modules. */
  target: string | undefined;
}

function importsUnder(sources: Sources, folder: string): FileImport[] {
  return [...sources]
    .filter(([file]) => file.startsWith(folder))
    .flatMap(([file, source]) =>
      findImports(source).map((found) => ({
        ...found,
        file,
        target: targetOf(sources, file, found.specifier),
      })),
    );
}

/** Returns the name below a folder: `events` for consumer/events/mail.ts, `index` for the folder or its index.ts. */
function nameBelow(top: string, path: string): string {
  return withoutExtension(path).slice(top.length).split('/')[1] ?? 'index';
}

/** An order of folders. The folders of a group have no order. */
type FolderOrder = readonly (string | readonly string[])[];

/** Checks whether one folder is before another. */
function isBefore(order: FolderOrder, one: string, other: string): boolean {
  const position = (folder: string) => order.findIndex((group) => [group].flat().includes(folder));
  return position(one) >= 0 && position(one) < position(other);
}

const unknownFolder = (file: string, folder: string) =>
  `${file}: the folder ${folder} is not in the order of folders; add it to the list in test/package/import-rules.ts`;

function canImport(from: string, to: string, found: Import): boolean {
  if (from === to) return true;
  if (from === 'sample') return to === 'events' || (to === 'records' && found.form === 'type');
  if (to === 'sample') return from === 'cli';
  if (from === 'index') return consumerFolders.includes(to) && to !== 'mcp' && to !== 'cli';
  return isBefore(consumerFolders, to, from);
}

/** Returns imports from a later folder of the list, or from outside the consumer. */
function folderFaults(sources: Sources): string[] {
  const consumerFiles = [...sources.keys()].filter((file) => file.startsWith('consumer/'));
  const folderOf = (path: string) => nameBelow('consumer', path);
  const known = [...consumerFolders, 'sample', 'index'];
  const unknown = consumerFiles.filter((file) => !known.includes(folderOf(file)));
  const faults = unknown.map((file) => unknownFolder(file, folderOf(file)));
  for (const found of importsUnder(sources, 'consumer/')) {
    const { file, specifier, target } = found;
    const folder = folderOf(file);
    if (target === undefined) {
      if (packageOf(specifier) === 'ses-event-archive') faults.push(`${file} imports the package by name`);
      if (folder === 'events' && packageOf(specifier) !== 'zod')
        faults.push(`${file} imports ${specifier}: events can only import zod`);
    } else if (target.startsWith('consumer')) {
      if (!canImport(folder, folderOf(target), found))
        faults.push(`${file} imports ${target}: ${folder} must not import ${folderOf(target)}`);
    } else if (folder === 'events' || !sharedModules.includes(withoutExtension(target))) {
      faults.push(`${file} imports ${target}, which is outside the consumer`);
    }
  }
  return faults;
}

/** Returns imports in the archive from a later folder of its list. The entry can import all folders. */
function archiveFaults(sources: Sources): string[] {
  const top = 'consumer/archive';
  return importsUnder(sources, `${top}/`).flatMap(({ file, target }) => {
    const folder = nameBelow(top, file);
    if (folder !== 'index' && !archiveFolders.flat().includes(folder)) return [unknownFolder(file, folder)];
    if (target === undefined || folder === 'index' || !`${target}/`.startsWith(`${top}/`)) return [];
    const other = nameBelow(top, target);
    if (folder === other || isBefore(archiveFolders, other, folder)) return [];
    return [`${file} imports ${target}: in the archive, ${folder} must not import ${other}`];
  });
}

/** Returns the files that are loaded with a file, including the file. */
function loadedWith(sources: Sources, file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { specifier, form } of findImports(sources.get(file) ?? '')) {
    const target = targetOf(sources, file, specifier);
    if (target !== undefined && form !== 'type') loadedWith(sources, target, loaded);
  }
  return loaded;
}

const isVocabulary = (file: string) =>
  file.startsWith('consumer/events') ||
  ['consumer/archive/store/columns', 'consumer/pages/page-address', 'consumer/pages/package-file'].includes(
    withoutExtension(file),
  );

/** The folders with SQL text that modules/ can import: the views, the dialects and the questions. */
const sqlFolders = ['consumer/archive/views/', 'consumer/archive/dialects/', 'consumer/queries/'];

const isInSqlFolder = (file: string) => sqlFolders.some((folder) => file.startsWith(folder));

/** Checks whether a file contains only SQL text: it can load the vocabulary and read files, but not load an engine. */
function isPureSql(sources: Sources, file: string): boolean {
  return [...loadedWith(sources, file)].every(
    (loaded) =>
      isVocabulary(loaded) ||
      (isInSqlFolder(loaded) &&
        findImports(sources.get(loaded) ?? '').every(
          ({ specifier, form }) => form === 'type' || /^(\.|zod(\/|$)|node:(fs|path)$)/.test(specifier),
        )),
  );
}

/** Returns imports of modules/ from the consumer, other than its vocabulary and SQL text. */
function moduleFaults(sources: Sources): string[] {
  return importsUnder(sources, 'modules/').flatMap(({ file, target }) => {
    if (target === undefined || !target.startsWith('consumer') || isVocabulary(target)) return [];
    if (isInSqlFolder(target) && isPureSql(sources, target)) return [];
    return [
      `${file} imports ${target}: modules can only import events, archive/store/columns, pages and SQL text from the consumer`,
    ];
  });
}

const isInHeavyFolder = (file = '') => heavyFolders.some((folder) => file.startsWith(folder));

/** Returns static imports of packages and folders that take long to load. */
function heavyFaults(sources: Sources): string[] {
  return ['consumer/', 'modules/']
    .flatMap((folder) => importsUnder(sources, folder))
    .filter(
      ({ form, file, specifier, target }) =>
        form === 'static' &&
        !isInHeavyFolder(file) &&
        (isInHeavyFolder(target) || heavyPackages.some((heavy) => heavy.test(packageOf(specifier) ?? ''))),
    )
    .map(({ file, specifier }) => `${file} imports ${specifier}: load it only when required, in a function`);
}

/** Returns imports of a complete provider (hundreds of megabytes), and of packages by files that the command loads. */
function constructFaults(sources: Sources): string[] {
  const providers = [...sources].flatMap(([file, source]) =>
    findImports(source)
      .filter(({ specifier }) => /^@cdkt[fn]\/provider-\w+(\/lib)?\/?$/.test(specifier))
      .map(({ specifier }) => `${file} imports ${specifier}: import the file of one resource`),
  );
  const shared = sharedModules.map((name) => `${name}.ts`).filter((file) => sources.has(file));
  const loaded = new Set(shared.flatMap((file) => [...loadedWith(sources, file)]));
  const packages = [...loaded].flatMap((file) =>
    findImports(sources.get(file) ?? '')
      .filter(({ specifier, form }) => form !== 'type' && !specifier.startsWith('.'))
      .map(({ specifier }) => `${file} imports ${specifier}: the command line loads this file without CDKTF`),
  );
  return [...providers, ...packages];
}

/** Returns imports of the policies from outside their folder. The consumer loads them without the constructs. */
function policyFaults(sources: Sources): string[] {
  return importsUnder(sources, policies).flatMap(({ file, specifier, target }) =>
    target?.startsWith(policies) === true
      ? []
      : [`${file} imports ${specifier}: policies must only import from their folder`],
  );
}

/** Returns import cycles between files, type imports included. */
function cycles(sources: Sources): string[] {
  const graph = new Map(
    [...sources].map(([file, source]) => [
      file,
      findImports(source).flatMap(({ specifier }) => targetOf(sources, file, specifier) ?? []),
    ]),
  );
  return findCycles(graph).map((cycle) => cycle.join(' → '));
}

export {
  archiveFaults,
  archiveFolders,
  constructFaults,
  consumerFolders,
  cycles,
  folderFaults,
  heavyFaults,
  moduleFaults,
  policyFaults,
};
