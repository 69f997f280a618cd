import { follow } from '../../archive/ingest/follow';
import type { IngestCounts, QueueCounts } from '../../archive/ingest/ingest-counts';
import { ingestQueue } from '../../archive/ingest/ingest-queue';
import { terminalText } from '../../texts/terminal-text';
import { type ArchiveCliOptions, archiveOptions } from '../options/archive-options';
import type { FollowCliOptions } from '../options/follow-options';
import type { CommandContext } from '../process/context';
import { ingestLine, queueLine } from '../reports/closing-line';
import { reportBatch } from '../reports/ingest-report';

/** Options of an ingest beside the pages. */
interface FollowBesideOptions extends ArchiveCliOptions, FollowCliOptions {
  endpoint?: string;
  region?: string;
  maskLinks?: boolean;
}

/**
 * Ingests new objects while pages are served, until the signal ends it. A batch has the archive open for some seconds, and
 * pages are answered between two batches.
 *
 * @param sources ignored with a queue
 * @throws {SourceError} when a source or the queue cannot be read at all
 */
async function followBeside(
  context: CommandContext,
  sources: string[],
  options: FollowBesideOptions,
  signal: AbortSignal,
): Promise<void> {
  const { queue, every, endpoint, region, maskLinks } = options;
  // Waiting for the pages of this process is not worth a message.
  const { onWait: _, ...opened } = archiveOptions(context, options);
  const onNotice = (message: string) => void context.stderr.write(`${terminalText(message)}\n`);
  const common = { ...opened, s3: { endpoint, region }, maskLinks, signal, onNotice };
  if (queue === undefined) {
    const onBatch = (counts: IngestCounts, seconds: number) =>
      reportBatch(context, counts, ingestLine(counts, seconds));
    return follow(sources, { ...common, every, onBatch });
  }
  const onBatch = (counts: QueueCounts, seconds: number) =>
    reportBatch(context, counts, queueLine(counts, seconds));
  await ingestQueue(queue, { ...common, queueEndpoint: endpoint, follow: true, onBatch });
}

export { type FollowBesideOptions, followBeside };
