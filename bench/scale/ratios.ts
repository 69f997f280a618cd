import type { QuestionResult, ScaleGrowth } from './scale-result';

/** How many times fewer bytes and less processor time a question needs over the archive than over the lines. */
interface Ratios {
  bytes: number;
  time: number;
}

/**
 * The targets: of the medians of all questions, of each question, of the second merge of a day divided by the first, and of the growth
 * of the slowest question with ten times as many events.
 */
const targets = { bytes: 20, time: 30, each: 5, again: 0.5, growth: 12 } as const;

function ratiosOf({ archive, lines }: QuestionResult): Ratios {
  return {
    bytes: lines.physicalInputBytes / archive.physicalInputBytes,
    time: lines.cpuTimeMillis / archive.cpuTimeMillis,
  };
}

/** Returns how many times more processor time a question needs over the larger archive. */
function growthOf({ small, large }: ScaleGrowth): number {
  return large.cpuTimeMillis / small.cpuTimeMillis;
}

/** Returns the growth of each question, the slowest question over the larger archive first. */
function slowestFirst(growth: readonly ScaleGrowth[]): ScaleGrowth[] {
  return growth.toSorted((one, other) => other.large.cpuTimeMillis - one.large.cpuTimeMillis);
}

export { growthOf, ratiosOf, slowestFirst, targets };
