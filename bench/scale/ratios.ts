import type { QuestionResult } from './scale-result';

/** How many times fewer bytes and less processor time a question needs over the archive than over the lines. */
interface Ratios {
  bytes: number;
  time: number;
}

/** The targets: of the medians of all questions, and of each question. */
const targets = { bytes: 20, time: 30, each: 5 } as const;

function ratiosOf({ archive, lines }: QuestionResult): Ratios {
  return {
    bytes: lines.physicalInputBytes / archive.physicalInputBytes,
    time: lines.cpuTimeMillis / archive.cpuTimeMillis,
  };
}

export { ratiosOf, targets };
