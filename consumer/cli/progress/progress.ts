import { SingleBar } from 'cli-progress';
import type { CommandContext } from '../process/context';

/** Milliseconds between two updates. */
const interval = 200;

/** Returns the current text, by the seconds since the start. */
type ProgressText = (seconds: number) => string;

/** Shows progress as a line or a bar on the terminal; shows nothing without a terminal. */
class Progress {
  private readonly isVisible: boolean;
  private bar: SingleBar | undefined;
  private format = '';
  private started = 0;
  private text: ProgressText = () => '';
  private timer: NodeJS.Timeout | undefined;

  /** @param wanted whether the user wants progress */
  constructor(
    private readonly context: CommandContext,
    wanted = true,
  ) {
    this.isVisible = wanted && context.stderr.isTTY === true && context.env.CI === undefined;
  }

  /** Shows a line, whose text is updated regularly. */
  showLine(text: ProgressText): void {
    this.text = text;
    if (this.begin('{text}', 0, 1))
      this.timer = setInterval(() => this.bar?.update(0, this.payload()), interval);
  }

  /**
   * Shows a ratio as a bar.
   * @param format of cli-progress, with `{text}`
   */
  showBar(format: string, done: number, total: number, text: ProgressText): void {
    this.text = text;
    if (this.begin(format, done, total)) return;
    this.bar?.setTotal(total);
    this.bar?.update(done, this.payload());
  }

  /** Clears the display, for example before a message; the next display starts anew. */
  stop(): void {
    clearInterval(this.timer);
    this.bar?.stop();
    this.bar = undefined;
  }

  /** Starts a display; returns false when the same one is already shown, or nothing can be shown. */
  private begin(format: string, done: number, total: number): boolean {
    if (!this.isVisible || (this.bar !== undefined && this.format === format)) return false;
    this.stop();
    this.format = format;
    this.started = Date.now();
    this.bar = new SingleBar({
      format,
      stream: this.context.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.bar.start(total, done, this.payload());
    return true;
  }

  private payload() {
    return { text: this.text(Math.max((Date.now() - this.started) / 1000, 0.001)) };
  }
}

export { Progress };
