import { rings } from './folder-cycles';
import { findImports, type Import, packageOf, type Sources, targetOf } from './imports';

/** The folders of the consumer: each may import those before it. `sample` is apart. */
const consumerFolders = ['events', 'pages', 'records', 'sources', 'archive', 'queries', 'doctor', 'cli'];

/** The folders of the archive: each may import those before it; the last two do not import each other. */
const archiveFolders = [
  ...['store', 'dialects', 'rows', 'views', 'staging', 'file', 'erasure', 'ingest'],
  ['rejects', 'export'],
];

/** What takes long to load: named at the top of a file, it would be paid for by whoever imports anything. */
const heavyPackages = [/^@aws-sdk\//, /^@duckdb\//, /^snappy$/, /^tinyglobby$/];

/** What the two halves share of modules/. */
const sharedModules = ['modules/policies/policy-documents', 'modules/policies/policy-evaluator'];

/** The policies: the only folder of modules/ that the consumer imports from. */
const policies = 'modules/policies/';

const withoutExtension = (path: string) => path.replace(/\.ts$/, '');

/** An import of a file, with the file it names. */
interface FileImport extends Import {
  file: string;
  /** Undefined for packages and Node's own modules. */
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

/** The name below a folder: `events` of consumer/events/mail.ts; `index` of the folder itself or its index.ts. */
function nameBelow(top: string, path: string): string {
  return withoutExtension(path).slice(top.length).split('/')[1] ?? 'index';
}

/** An order of folders; those of one group have no order among themselves. */
type FolderOrder = readonly (string | readonly string[])[];

/** Whether the one folder stands before the other. */
function isBefore(order: FolderOrder, one: string, other: string): boolean {
  const position = (folder: string) => order.findIndex((group) => [group].flat().includes(folder));
  return position(one) >= 0 && position(one) < position(other);
}

const unknownFolder = (file: string, folder: string) =>
  `${file}: there is no folder ${folder} in the order; add it to the list`;

function mayImport(from: string, to: string, found: Import): boolean {
  if (from === to) return true;
  if (from === 'sample') return to === 'events' || (to === 'records' && found.form === 'type');
  if (to === 'sample') return from === 'cli';
  if (from === 'index') return consumerFolders.includes(to) && to !== 'cli';
  return isBefore(consumerFolders, to, from);
}

/** Imports of the consumer that go down the list of folders, or out of the consumer. */
function folderFaults(sources: Sources): string[] {
  const own = [...sources.keys()].filter((file) => file.startsWith('consumer/'));
  const folderOf = (path: string) => nameBelow('consumer', path);
  const known = [...consumerFolders, 'sample', 'index'];
  const strange = own.filter((file) => !known.includes(folderOf(file)));
  const faults = strange.map((file) => unknownFolder(file, folderOf(file)));
  for (const found of importsUnder(sources, 'consumer/')) {
    const { file, specifier, target } = found;
    const folder = folderOf(file);
    if (target === undefined) {
      if (packageOf(specifier) === 'ses-event-archive') faults.push(`${file} imports the package by name`);
      if (folder === 'events' && packageOf(specifier) !== 'zod')
        faults.push(`${file} imports ${specifier}: events imports only zod`);
    } else if (target.startsWith('consumer')) {
      if (!mayImport(folder, folderOf(target), found))
        faults.push(`${file} imports ${target}: ${folder} may not import ${folderOf(target)}`);
    } else if (folder === 'events' || !sharedModules.includes(withoutExtension(target))) {
      faults.push(`${file} imports ${target}, which is not of the consumer`);
    }
  }
  return faults;
}

/** Imports within the archive that go down the list of its folders; its entry imports any of them. */
function archiveFaults(sources: Sources): string[] {
  const top = 'consumer/archive';
  return importsUnder(sources, `${top}/`).flatMap(({ file, target }) => {
    const folder = nameBelow(top, file);
    if (folder !== 'index' && !archiveFolders.flat().includes(folder)) return [unknownFolder(file, folder)];
    if (target === undefined || folder === 'index' || !`${target}/`.startsWith(`${top}/`)) return [];
    const other = nameBelow(top, target);
    if (folder === other || isBefore(archiveFolders, other, folder)) return [];
    return [`${file} imports ${target}: in the archive ${folder} may not import ${other}`];
  });
}

/** The files that are loaded with a file, itself included. */
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
  ['consumer/archive/store/columns', 'consumer/pages/page-address'].includes(withoutExtension(file));

/** Where SQL text may stand that modules/ takes: the views with what dialects spell differently, and the questions. */
const sqlFolders = ['consumer/archive/views/', 'consumer/archive/dialects/', 'consumer/queries/'];

const isOfSql = (file: string) => sqlFolders.some((folder) => file.startsWith(folder));

/** Whether a file is SQL text: it loads the vocabulary and reads files, but no engine. */
function isPureSql(sources: Sources, file: string): boolean {
  return [...loadedWith(sources, file)].every(
    (loaded) =>
      isVocabulary(loaded) ||
      (isOfSql(loaded) &&
        findImports(sources.get(loaded) ?? '').every(
          ({ specifier, form }) => form === 'type' || /^(\.|zod(\/|$)|node:(fs|path)$)/.test(specifier),
        )),
  );
}

/** Imports of modules/ that take more of the consumer than its vocabulary. */
function moduleFaults(sources: Sources): string[] {
  return importsUnder(sources, 'modules/').flatMap(({ file, target }) => {
    if (target === undefined || !target.startsWith('consumer') || isVocabulary(target)) return [];
    if (isOfSql(target) && isPureSql(sources, target)) return [];
    return [
      `${file} imports ${target}: of the consumer only events, archive/store/columns, pages and pure SQL text`,
    ];
  });
}

/** Static imports of what takes long to load. */
function heavyFaults(sources: Sources): string[] {
  return ['consumer/', 'modules/']
    .flatMap((folder) => importsUnder(sources, folder))
    .filter(
      ({ form, specifier }) =>
        form === 'static' && heavyPackages.some((heavy) => heavy.test(packageOf(specifier) ?? '')),
    )
    .map(
      ({ file, specifier }) =>
        `${file} imports ${specifier}: load it where it is needed, with await import()`,
    );
}

/** Imports of a whole provider, hundreds of megabytes; and packages in what the command loads of modules/. */
function constructFaults(sources: Sources): string[] {
  const whole = [...sources].flatMap(([file, source]) =>
    findImports(source)
      .filter(({ specifier }) => /^@cdkt[fn]\/provider-\w+(\/lib)?\/?$/.test(specifier))
      .map(({ specifier }) => `${file} imports ${specifier}: import the file of one resource`),
  );
  const shared = sharedModules.map((name) => `${name}.ts`).filter((file) => sources.has(file));
  const loaded = new Set(shared.flatMap((file) => [...loadedWith(sources, file)]));
  const packages = [...loaded].flatMap((file) =>
    findImports(sources.get(file) ?? '')
      .filter(({ specifier, form }) => form !== 'type' && !specifier.startsWith('.'))
      .map(({ specifier }) => `${file} imports ${specifier}: the command line loads it, and has no CDKTF`),
  );
  return [...whole, ...packages];
}

/** Imports of the policies that leave their folder: the consumer takes them without the constructs. */
function policyFaults(sources: Sources): string[] {
  return importsUnder(sources, policies).flatMap(({ file, specifier, target }) =>
    target?.startsWith(policies) === true
      ? []
      : [`${file} imports ${specifier}: policies import nothing from outside their folder`],
  );
}

/** Files that import each other in a ring, types included. */
function cycles(sources: Sources): string[] {
  const graph = new Map(
    [...sources].map(([file, source]) => [
      file,
      findImports(source).flatMap(({ specifier }) => targetOf(sources, file, specifier) ?? []),
    ]),
  );
  return rings(graph).map((ring) => ring.join(' → '));
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
