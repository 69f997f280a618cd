import { findImports, type Import, packageOf, type Sources } from './imports';

/** What these rules look at in a package.json. */
interface Manifest {
  name: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** What these rules ask of an installed package. */
interface InstalledPackage {
  version: string;
  license: string;
  /** Its commands: a string where there is one, named like the package. */
  bin?: string | Record<string, string>;
  peerDependencies?: Record<string, string>;
}

type Installed = (name: string) => InstalledPackage;

/** Whether a file is of what users install. */
const isShipped = (file: string) => /^(consumer|modules|bin)\//.test(file);

/** Names of the packages that the files import, Node's own modules as `node`. */
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

/** Packages that are imported and not in package.json, or imported by what is shipped and not installed with it. */
function missingPackages(manifest: Manifest, sources: Sources): string[] {
  const shipped = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const all = [...shipped, ...Object.keys(manifest.devDependencies)];
  // require.resolve loads nothing: it may ask for what only a checkout has.
  const byShipped = importedPackages(sources, (file, { form }) => isShipped(file) && form !== 'path');
  const byAny = importedPackages(sources, () => true);
  const isKnown = (name: string) => name === 'node' || name === manifest.name;
  return [
    ...[...byAny].filter((name) => !isKnown(name) && !all.includes(name)),
    ...[...byShipped].filter((name) => !isKnown(name) && all.includes(name) && !shipped.includes(name)),
  ];
}

/** `@types/scope__name` is for `@scope/name`. */
function typedPackage(name: string): string | undefined {
  return /^@types\/(.+)$/.exec(name)?.[1]?.replace(/^(.+)__/, '@$1/');
}

/**
 * Packages of package.json that nothing uses. Users' ones must be imported by what is shipped; ours may
 * also be a command or a name in the tools' text, a type package of one in use, or a peer of one in use.
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
  const ours = Object.keys(manifest.devDependencies);
  const commandsOf = (name: string) => {
    const { bin = {} } = installed(name);
    return typeof bin === 'string' ? [name.split('/').at(-1) ?? name] : Object.keys(bin);
  };
  for (const name of ours) if ([name, ...commandsOf(name)].some((word) => words.has(word))) used.add(name);
  for (const name of ours.filter((own) => used.has(own))) {
    for (const peer of Object.keys(installed(name).peerDependencies ?? {})) used.add(peer);
  }
  return [
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
      (name) => !byShipped.has(name),
    ),
    ...ours.filter((name) => !used.has(name) && !used.has(typedPackage(name) ?? '')),
  ];
}

/** The rows that a page's tables need, by the heading above: `name | version | license`. */
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
  const ours = Object.entries(manifest.devDependencies).filter(
    ([name]) => !(name in manifest.peerDependencies),
  );
  return {
    Runtime: [...rows(manifest.dependencies), ...rows(peers)],
    Development: rows(Object.fromEntries(ours)),
  };
}

/** The first three cells of a page's table rows, by the heading above; code marks are dropped. */
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
