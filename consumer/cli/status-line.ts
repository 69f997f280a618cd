import { SingleBar } from 'cli-progress';

/** Milliseconds between two looks. */
const interval = 200;

/** Shows how far something has come, in one line that is written again and again; on a terminal only. */
class StatusLine {
  private readonly bar: SingleBar | undefined;
  private readonly timer: NodeJS.Timeout | undefined;

  /**
   * @param format the line, with names of the payload in braces
   * @param payload called from time to time for what the names stand for
   * @param wanted whether the user wants to see it
   */
  constructor(format: string, payload: () => Readonly<Record<string, string>>, wanted: boolean) {
    if (!wanted || !process.stderr.isTTY || process.env.CI !== undefined) return;
    const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
    bar.start(1, 0, payload());
    this.bar = bar;
    this.timer = setInterval(() => bar.update(0, payload()), interval);
  }

  /** Takes the line away. */
  stop(): void {
    clearInterval(this.timer);
    this.bar?.stop();
  }
}

export { StatusLine };
