import type { Surroundings } from '../process/context';

/**
 * Returns the width of a table, in columns: that of the terminal, or of `COLUMNS` for other outputs. Without a
 * width, a table is as wide as its texts.
 *
 * @param isTerminal whether the output is a terminal; by default, standard output decides
 */
function tableWidth(
  { stdout, env }: Pick<Surroundings, 'stdout' | 'env'>,
  isTerminal = stdout.isTTY === true,
): number | undefined {
  const columns = isTerminal ? (stdout.columns ?? 0) : Number(env.COLUMNS);
  return columns > 0 ? columns : undefined; // a terminal without a size has 0
}

export { tableWidth };
