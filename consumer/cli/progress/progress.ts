import { byteCount, type ReadCounts, recordCount } from '../../records/counts';
import { formatBytes, formatCount } from '../output/number-text';
import type { CommandContext } from '../process/context';
import { ProgressLine } from './progress-line';

/**
 * Shows how far a reading has come; on a terminal only.
 *
 * @param counts called from time to time for what has been read so far
 * @param wanted whether the user wants to see it
 */
function readProgress(context: CommandContext, counts: () => ReadCounts, wanted: boolean): ProgressLine {
  return new ProgressLine(
    context,
    (seconds) => {
      const read = counts();
      const records = recordCount(read);
      const rate = formatCount(Math.round(records / seconds));
      return `${formatCount(read.objects)} objects  ${formatCount(records)} records  ${rate}/s  ${formatBytes(byteCount(read))}`;
    },
    wanted,
  );
}

/** How many things a work has done, and how many a second; on a terminal only, and from the first of them on. */
class CountProgress {
  private count = 0;
  private line: ProgressLine | undefined;

  /**
   * @param nouns what they are and what was done to them, as in `events written`
   * @param wanted whether the user wants to see it
   */
  constructor(
    private readonly context: CommandContext,
    private readonly nouns: string,
    private readonly wanted: boolean,
  ) {}

  /** Takes note of how many there are so far. */
  show(count: number): void {
    this.count = count;
    this.line ??= new ProgressLine(
      this.context,
      (seconds) => {
        const rate = formatCount(Math.round(this.count / seconds));
        return `${formatCount(this.count)} ${this.nouns}  ${rate}/s`;
      },
      this.wanted,
    );
  }

  /** Takes the line away. */
  stop(): void {
    this.line?.stop();
  }
}

export { CountProgress, readProgress };
