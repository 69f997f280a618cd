import { SingleBar } from 'cli-progress';
import type { CommandContext } from '../process/context';

/** Milliseconds between two looks. */
const interval = 200;

/** Whether the progress of a work is shown: on a terminal only, and when the user wants to see it. */
function showsProgress(context: CommandContext, wanted: boolean): boolean {
  return wanted && context.stderr.isTTY === true && context.env.CI === undefined;
}

/** One line on the terminal that says how far a work has come; there is none where nobody sees it. */
class ProgressLine {
  private readonly bar: SingleBar | undefined;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly started = Date.now();

  /**
   * @param text called from time to time for what the line says, with the seconds since the start
   * @param wanted whether the user wants to see it
   */
  constructor(
    context: CommandContext,
    private readonly text: (seconds: number) => string,
    wanted: boolean,
  ) {
    if (!showsProgress(context, wanted)) return;
    this.bar = new SingleBar({
      format: '{text}',
      stream: context.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.bar.start(1, 0, this.payload());
    this.timer = setInterval(() => this.bar?.update(0, this.payload()), interval);
  }

  /** Takes the line away. */
  stop(): void {
    clearInterval(this.timer);
    this.bar?.stop();
  }

  private payload() {
    return { text: this.text(Math.max((Date.now() - this.started) / 1000, 0.001)) };
  }
}

export { ProgressLine, showsProgress };
