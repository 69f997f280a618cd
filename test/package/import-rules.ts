import { posix } from 'node:path';
import { findImports, type Import, packageOf, type Sources, targetOf } from './imports';

/** The consumer's rooms: each may import those before it. */
const rooms = ['events', 'records', 'sources', 'archive', 'queries', 'report', 'doctor', 'cli'];

/** What takes long to load: named at the top of a file, it would be paid for by whoever imports anything. */
const heavyPackages = [/^@aws-sdk\//, /^@duckdb\//, /^snappy$/, /^tinyglobby$/];

/** What the two halves share of modules/. */
const sharedModules = ['modules/policies/policy-documents', 'modules/policies/policy-evaluator'];

/** The policies: the only folder of modules/ that the consumer imports from. */
const policies = 'modules/policies/';

const { dirname } = posix;
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

/** `events` of consumer/events/mail.ts; the entry of consumer/index.ts is the room `index`. */
function roomOf(path: string): string {
  return withoutExtension(path).split('/')[1] ?? 'index';
}

function mayEnter(from: string, to: string, found: Import): boolean {
  if (from === to) return true;
  if (from === 'sample') return to === 'events' || (to === 'records' && found.form === 'type');
  if (to === 'sample') return from === 'cli';
  if (from === 'index') return rooms.includes(to) && to !== 'cli';
  return rooms.includes(to) && rooms.indexOf(to) < rooms.indexOf(from);
}

/** Imports of the consumer that go down the list of rooms, or out of the consumer. */
function roomFaults(sources: Sources): string[] {
  const own = [...sources.keys()].filter((file) => file.startsWith('consumer/'));
  const known = [...rooms, 'sample', 'index'];
  const strange = own.filter((file) => !known.includes(roomOf(file)));
  const faults = strange.map((file) => `${file}: there is no room ${roomOf(file)}; add it to the list`);
  for (const found of importsUnder(sources, 'consumer/')) {
    const { file, specifier, target } = found;
    const room = roomOf(file);
    if (target === undefined) {
      if (packageOf(specifier) === 'ses-event-archive') faults.push(`${file} imports the package by name`);
      if (room === 'events' && packageOf(specifier) !== 'zod')
        faults.push(`${file} imports ${specifier}: events imports only zod`);
    } else if (target.startsWith('consumer')) {
      if (!mayEnter(room, roomOf(target), found))
        faults.push(`${file} imports ${target}: ${room} may not import ${roomOf(target)}`);
    } else if (room === 'events' || !sharedModules.includes(withoutExtension(target))) {
      faults.push(`${file} imports ${target}, which is not of the consumer`);
    }
  }
  return faults;
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
  file.startsWith('consumer/events') || withoutExtension(file) === 'consumer/archive/store/columns';

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
      `${file} imports ${target}: of the consumer only events, archive/store/columns and pure SQL text`,
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

/** What imports what: a node, and each node that it imports with an import that says so. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The circles of a graph, each once, as the trail that leads back to its start. */
function circles(graph: Graph): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const visit = (node: string, trail: readonly string[]) => {
    const since = trail.indexOf(node);
    if (since >= 0) found.push([...trail.slice(since), node]);
    if (since >= 0 || finished.has(node)) return;
    for (const next of graph.get(node)?.keys() ?? []) visit(next, [...trail, node]);
    finished.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}

/** Files that import each other in a ring, types included. */
function cycles(sources: Sources): string[] {
  const graph = new Map(
    [...sources].map(([file, source]) => {
      const targets = findImports(source).flatMap(
        ({ specifier }) => targetOf(sources, file, specifier) ?? [],
      );
      return [file, new Map(targets.map((target) => [target, file]))];
    }),
  );
  return circles(graph).map((trail) => trail.join(' → '));
}

/**
 * Folders that import each other in a ring, types included. Every folder counts by itself: one in another is not a part
 * of it. Behind each folder stands a file of the folder before it that imports it.
 * @param top the folder to look in: `modules`
 */
function folderCycles(sources: Sources, top: string): string[] {
  const graph = new Map<string, Map<string, string>>();
  for (const { file, target } of importsUnder(sources, `${top}/`)) {
    const from = dirname(file);
    const to = target === undefined ? from : dirname(target);
    if (to === from || !`${to}/`.startsWith(`${top}/`)) continue;
    const targets = graph.get(from) ?? new Map<string, string>();
    graph.set(from, targets.set(to, targets.get(to) ?? file));
  }
  return circles(graph).map((trail) =>
    trail.map((folder, at) => (at === 0 ? folder : `${folder} (${importOf(graph, trail, at)})`)).join(' → '),
  );
}

/** The file that leads to a place of a trail. */
function importOf(graph: Graph, trail: readonly string[], at: number): string | undefined {
  return graph.get(trail[at - 1] ?? '')?.get(trail[at] ?? '');
}

export { constructFaults, cycles, folderCycles, heavyFaults, moduleFaults, policyFaults, roomFaults };
