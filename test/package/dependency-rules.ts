import { findImports, type Import, packageOf, type Sources } from './imports';

/** The properties of package.json that the rules use. */
interface Manifest {
  name: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** The properties of an installed package that the rules use. */
interface InstalledPackage {
  version: string;
  license: string;
  /** Its commands. A string is the only command, with the name of the package. */
  bin?: string | Record<string, string>;
  peerDependencies?: Record<string, string>;
}

type Installed = (name: string) => InstalledPackage;

/** Checks whether a file is in the published package. */
const isShipped = (file: string) => /^(consumer|modules|bin)\//.test(file);

/** Returns the names of the imported packages. The name of Node's modules is `node`. */
function importedPackages(sources: Sources, wanted: (file: string, found: Import) => boolean): Set<string> {
  const names = new Set<string>();
  for (const [file, source] of sources) {
    for (const found of findImports(source)) {
      const { specifier } = found;
      if (specifier.startsWith('.') || !wanted(file, found)) continue;
      names.add(packageOf(specifier) ?? 'node');
    }
  }
  return names;
}

/** Returns imported packages that are missing in package.json, or that shipped code imports from devDependencies. */
function missingPackages(manifest: Manifest, sources: Sources): string[] {
  const shipped = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const all = [...shipped, ...Object.keys(manifest.devDependencies)];
  // require.resolve loads nothing, so shipped code can use it for a development dependency.
  const byShipped = importedPackages(sources, (file, { form }) => isShipped(file) && form !== 'path');
  const byAny = importedPackages(sources, () => true);
  const isKnown = (name: string) => name === 'node' || name === manifest.name;
  return [
    ...[...byAny].filter((name) => !isKnown(name) && !all.includes(name)),
    ...[...byShipped].filter((name) => !isKnown(name) && all.includes(name) && !shipped.includes(name)),
  ];
}

/** Returns the package of a type package: `@scope/name` for `@types/scope__name`. */
function typedPackage(name: string): string | undefined {
  return /^@types\/(.+)$/.exec(name)?.[1]?.replace(/^(.+)__/, '@$1/');
}

/**
 * Returns unused packages of package.json. Shipped code must import each dependency. A development dependency
 * can also be a command or a name in the text of the tools, a type package of a used package, or a peer of one.
 *
 * @param toolText the scripts and configuration files that name tools
 */
function unusedPackages(
  manifest: Manifest,
  sources: Sources,
  toolText: string,
  installed: Installed,
): string[] {
  const byShipped = importedPackages(sources, isShipped);
  const used = new Set([...byShipped, ...importedPackages(sources, () => true)]);
  const words = new Set(toolText.split(/[^\w@/.-]+/));
  const development = Object.keys(manifest.devDependencies);
  const commandsOf = (name: string) => {
    const { bin = {} } = installed(name);
    return typeof bin === 'string' ? [name.split('/').at(-1) ?? name] : Object.keys(bin);
  };
  for (const name of development)
    if ([name, ...commandsOf(name)].some((word) => words.has(word))) used.add(name);
  for (const name of development.filter((tool) => used.has(tool))) {
    for (const peer of Object.keys(installed(name).peerDependencies ?? {})) used.add(peer);
  }
  return [
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
      (name) => !byShipped.has(name),
    ),
    ...development.filter((name) => !used.has(name) && !used.has(typedPackage(name) ?? '')),
  ];
}

/** Returns the required rows of the tables of a page, by heading: `name | version | license`. */
function dependencyRows(
  manifest: Manifest,
  installed: Installed,
): Record<'Runtime' | 'Development', string[]> {
  const row = (name: string, version: string) => `${name} | ${version} | ${installed(name).license}`;
  const rows = (packages: Record<string, string>) =>
    Object.entries(packages).map(([name, pin]) => row(name, pin));
  const here = (name: string) => manifest.devDependencies[name] ?? 'none';
  const peers = Object.fromEntries(
    Object.entries(manifest.peerDependencies).map(([name, range]) => [
      name,
      `${range} (peer), ${here(name)} here`,
    ]),
  );
  const development = Object.entries(manifest.devDependencies).filter(
    ([name]) => !(name in manifest.peerDependencies),
  );
  return {
    Runtime: [...rows(manifest.dependencies), ...rows(peers)],
    Development: rows(Object.fromEntries(development)),
  };
}

/** Returns the first three cells of the table rows of a page, by heading, without backticks. */
function documentedRows(page: string): Record<string, string[]> {
  const sections = page.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => {
      const rows = [...section.matchAll(/^\| `([^`|]+)` *\| ([^|]+?) *\| ([^|]+?) *\|/gm)];
      const heading = section.split('\n', 1)[0] ?? '';
      return [heading, rows.map(([, name, version, license]) => `${name} | ${version} | ${license}`)];
    }),
  );
}

export {
  dependencyRows,
  documentedRows,
  type InstalledPackage,
  type Manifest,
  missingPackages,
  unusedPackages,
};
