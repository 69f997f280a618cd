import { SingleBar } from 'cli-progress';
import { byteCount, type ReadCounts, recordCount } from '../records/counts';
import { formatBytes, formatCount } from './format';

/** Milliseconds between two looks. */
const interval = 200;

/** Shows how far a reading has come; on a terminal only. */
class Progress {
  private readonly bar: SingleBar | undefined;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly started = Date.now();

  /**
   * @param counts called from time to time for what has been read so far
   * @param wanted whether the user wants to see it
   */
  constructor(
    private readonly counts: () => ReadCounts,
    wanted: boolean,
  ) {
    if (!wanted || !process.stderr.isTTY || process.env.CI !== undefined) return;
    this.bar = new SingleBar({
      format: '{objects} objects  {records} records  {rate}/s  {bytes}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.bar.start(1, 0, this.payload());
    this.timer = setInterval(() => this.bar?.update(0, this.payload()), interval);
  }

  /** Takes the bar away. */
  stop(): void {
    clearInterval(this.timer);
    this.bar?.stop();
  }

  private payload() {
    const counts = this.counts();
    const seconds = Math.max((Date.now() - this.started) / 1000, 0.001);
    return {
      objects: formatCount(counts.objects),
      records: formatCount(recordCount(counts)),
      rate: formatCount(Math.round(recordCount(counts) / seconds)),
      bytes: formatBytes(byteCount(counts)),
    };
  }
}

export { Progress };
