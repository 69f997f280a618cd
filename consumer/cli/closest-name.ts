/** How many letters have to be added, removed, changed or swapped with their neighbour to make one of the other. */
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

/** The name that was probably meant; undefined when none is near. */
function closestName(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const [best] = names
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate) }))
    .filter(
      ({ candidate, edits }) =>
        edits <= Math.max(2, candidate.length / 3) || (wanted.length > 2 && candidate.includes(wanted)),
    )
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
}

export { closestName };
