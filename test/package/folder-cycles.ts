import { posix } from 'node:path';
import { findImports, type Sources, targetOf } from './imports';

/** Returns the cycles in a graph. Each is a list of nodes that begins and ends with the same node. */
function findCycles(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const visit = (node: string, trail: readonly string[]) => {
    const since = trail.indexOf(node);
    if (since >= 0) found.push([...trail.slice(since), node]);
    if (since >= 0 || finished.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    finished.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}

/** Returns the other folders from which the files of each folder import, each with one such import. */
function folderImports(sources: Sources, top: string): Map<string, Map<string, string>> {
  const graph = new Map<string, Map<string, string>>();
  for (const [file, source] of sources) {
    const folder = posix.dirname(file);
    for (const { specifier } of findImports(source)) {
      const target = targetOf(sources, file, specifier);
      if (target === undefined || !sources.has(target) || !`${file}/`.startsWith(`${top}/`)) continue;
      const other = posix.dirname(target);
      if (other === folder || !`${other}/`.startsWith(`${top}/`)) continue;
      const imports = graph.get(folder) ?? new Map<string, string>();
      graph.set(folder, imports.set(other, `${file} imports ${target}`));
    }
  }
  return graph;
}

/**
 * Returns import cycles between folders, type imports included. The files directly in a folder count as one folder:
 * they can import from a subfolder, or the subfolder from them, but not both.
 *
 * @param top folder to check, such as `consumer`
 */
function folderCycles(sources: Sources, top: string): string[] {
  const graph = folderImports(sources, top);
  const neighbors = new Map([...graph].map(([folder, others]) => [folder, [...others.keys()]]));
  return findCycles(neighbors).map((cycle) => {
    const imports = cycle.slice(1).map((folder, index) => graph.get(cycle[index] ?? '')?.get(folder));
    return `${cycle.join(' → ')}: ${imports.join(', ')}`;
  });
}

export { findCycles, folderCycles };
