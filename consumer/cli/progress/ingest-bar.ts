import { SingleBar } from 'cli-progress';
import type { IngestProgress } from '../../archive/ingest/ingest';
import { formatBytes, formatCount, formatNumber } from '../output/number-text';
import type { CommandContext } from '../process/context';
import { ProgressLine, showsProgress } from './progress-line';

function payload({ events, fetchedBytes }: IngestProgress, started: number) {
  const seconds = Math.max((Date.now() - started) / 1000, 0.001);
  return {
    events: formatCount(events),
    rate: formatCount(Math.round(events / seconds)),
    size: formatBytes(Math.round(fetchedBytes / seconds)),
  };
}

/**
 * The progress of an ingest, on a terminal only. While objects are listed, how many there are; then a bar with
 * the share of the new ones that is done, and the time that the rest will take.
 */
class IngestBar {
  private readonly isShown: boolean;
  private listed = 0;
  private listing: ProgressLine | undefined;
  private bar: SingleBar | undefined;
  private started = Date.now();

  /** @param wanted whether the user wants to see it */
  constructor(
    private readonly context: CommandContext,
    wanted: boolean,
  ) {
    this.isShown = showsProgress(context, wanted);
  }

  /** Shows how far the ingest is; it begins again after {@link stop}. */
  show(progress: IngestProgress): void {
    if (!this.isShown) return;
    if (progress.objects === 0) this.showListing(progress);
    else this.showReading(progress);
  }

  /** Takes the bar away, as for a message. */
  stop(): void {
    this.listing?.stop();
    this.bar?.stop();
    this.listing = undefined;
    this.bar = undefined;
  }

  private showListing({ listedObjects }: IngestProgress): void {
    this.listed = listedObjects;
    this.listing ??= new ProgressLine(
      this.context,
      () => `listing  ${formatNumber(this.listed, 'object')}`,
      true,
    );
  }

  private showReading(progress: IngestProgress): void {
    if (this.bar === undefined) {
      this.stop();
      this.started = Date.now();
      this.bar = new SingleBar({
        format: '[{bar}] {value}/{total} objects  {events} events  {rate}/s  {size}/s  {eta_formatted} left',
        stream: this.context.stderr,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.bar.start(progress.objects, 0, payload(progress, this.started));
    }
    this.bar.update(progress.readObjects, payload(progress, this.started));
  }
}

export { IngestBar };
