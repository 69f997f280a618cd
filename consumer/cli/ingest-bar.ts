import { SingleBar } from 'cli-progress';
import type { IngestProgress } from '../archive/ingest/ingest';
import { formatBytes, formatCount } from './format';

/** Shows how far an ingest has come; on a terminal only. */
interface IngestBar {
  show(progress: IngestProgress): void;
  stop(): void;
}

const nowhere: IngestBar = { show: () => {}, stop: () => {} };

/**
 * The progress of an ingest, as a bar: the objects that are known so far, the share of them that is done,
 * and the time that the rest will take.
 *
 * @param wanted whether the user wants to see it
 */
function ingestBar(wanted: boolean): IngestBar {
  if (!wanted || !process.stderr.isTTY || process.env.CI !== undefined) return nowhere;
  const started = Date.now();
  const bar = new SingleBar({
    format: '[{bar}] {value}/{total} objects  {events} events  {rate}/s  {size}/s  {eta_formatted} left',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const payload = ({ events = 0, fetchedBytes = 0 }: Partial<IngestProgress> = {}) => {
    const seconds = Math.max((Date.now() - started) / 1000, 0.001);
    return {
      events: formatCount(events),
      rate: formatCount(Math.round(events / seconds)),
      size: formatBytes(Math.round(fetchedBytes / seconds)),
    };
  };
  bar.start(1, 0, payload());
  return {
    show(progress) {
      bar.setTotal(Math.max(1, progress.objects));
      bar.update(progress.readObjects, payload(progress));
    },
    stop: () => bar.stop(),
  };
}

export { type IngestBar, ingestBar };
