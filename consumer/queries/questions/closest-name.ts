/** Computes the edit distance: letters to add, remove, change or swap with a neighbor. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + changed,
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(from.length, to.length);
}

/** Sorts names by their distance from the wanted one, closest first. */
function byDistance(wanted: string, names: readonly string[]): { candidate: string; edits: number }[] {
  return names
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate) }))
    .sort((a, b) => a.edits - b.edits);
}

/** Returns the closest name; undefined when none is close. */
function closestName(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const best = byDistance(wanted, names).find(
    ({ candidate, edits }) =>
      edits <= Math.max(2, candidate.length / 3) || (wanted.length > 2 && candidate.includes(wanted)),
  );
  return best?.candidate;
}

/** Maximum number of characters to compare, because the time grows with the product of both lengths. */
const comparedLength = 100;

/** Returns the names that are closest to the wanted one, closest first, at most `most` of them. */
function closestNames(name: string, names: readonly string[], most: number): string[] {
  return byDistance(name.slice(0, comparedLength), names)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

export { closestName, closestNames };
