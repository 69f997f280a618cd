import { growthOf, ratiosOf } from './ratios';
import type { QuestionResult, ScaleGrowth } from './scale-result';

const verdict = (met: boolean) => (met ? 'met' : 'missed');
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);

/** The columns of {@link questionCells}. */
const questionHead = ['archive MB', 'lines MB', 'ratio', 'archive s', 'lines s', 'ratio'] as const;

/** Returns the bytes and processor time of a question, with their ratios. */
function questionCells(result: QuestionResult): string[] {
  const { archive, lines } = result;
  const { bytes, time } = ratiosOf(result);
  return [
    megabytes(archive.physicalInputBytes),
    megabytes(lines.physicalInputBytes),
    bytes.toFixed(1),
    seconds(archive.cpuTimeMillis),
    seconds(lines.cpuTimeMillis),
    time.toFixed(0),
  ];
}

/** Returns the processor time of a question over both archives, with the ratio. */
function growthCells(result: ScaleGrowth): string[] {
  const { small, large } = result;
  return [seconds(small.cpuTimeMillis), seconds(large.cpuTimeMillis), growthOf(result).toFixed(1)];
}

export { growthCells, megabytes, questionCells, questionHead, seconds, verdict };
