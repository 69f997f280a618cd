import { posix } from 'node:path';
import { findImports, type Sources, targetOf } from './imports';

/** Rings in a graph: the members of each in their order, with the first again at the end. */
function rings(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
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

/** The folders that the files of each folder import from, itself not included, each with one such import. */
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
 * Folders that import each other in a ring, types included. The files directly in a folder are a folder of their
 * own: those of `consumer/cli` may import `consumer/cli/output`, or be imported from there, and not both.
 *
 * @param top the folder to look into, such as `consumer`
 */
function folderCycles(sources: Sources, top: string): string[] {
  const graph = folderImports(sources, top);
  const neighbors = new Map([...graph].map(([folder, others]) => [folder, [...others.keys()]]));
  return rings(neighbors).map((ring) => {
    const imports = ring.slice(1).map((folder, index) => graph.get(ring[index] ?? '')?.get(folder));
    return `${ring.join(' → ')}: ${imports.join(', ')}`;
  });
}

export { folderCycles, rings };
