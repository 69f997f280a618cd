import { openForReading, type ReadArchiveOptions } from '../../archive/file/read-archive';
import type { UnreadableLines } from '../engines/athena/ask-statements';
import { type AthenaOptions, athenaEngine } from '../engines/athena/athena-engine';
import { archiveSource } from './archive-source';
import { athenaSource } from './athena-source';
import type { OpenSource } from './open-source';

/** The data to query: the file of an archive, or the database of the catalog in Athena. */
type AnswerSource = string | Omit<AthenaOptions, 'signal'>;

/** Options of every query. Those of the other kind of source have no effect. */
interface AnswerOptions extends ReadArchiveOptions {
  /**
   * Athena: days after `until` whose partitions are also read.
   * @default 3, or all partitions where later events count
   */
  lookAhead?: number | undefined;
  /**
   * Athena: called with the number of lines that the answer does not include, if there are any, before the
   * first row. They are records in an envelope, for example.
   * @see https://github.com/OWNER/ses-event-archive/blob/main/docs/athena.md#what-athena-cannot-read
   */
  onUnreadable?: ((unreadable: UnreadableLines) => void) | undefined;
}

/** Opens a source. The caller closes it. */
async function openSource(source: AnswerSource, options: AnswerOptions) {
  if (typeof source === 'string') {
    const { database, close } = await openForReading(source, options);
    return { open: archiveSource(database), close };
  }
  const engine = await athenaEngine({ ...source, signal: options.signal });
  return { open: athenaSource(engine), close: () => engine.close() };
}

/**
 * Opens a source and returns what is read from it. Closes the source after the last item, or when the caller stops
 * reading.
 */
async function* fromSource<Item>(
  source: AnswerSource,
  options: AnswerOptions,
  read: (open: OpenSource) => Promise<AsyncIterable<Item> | Iterable<Item>>,
): AsyncGenerator<Item, void> {
  const { open, close } = await openSource(source, options);
  try {
    const items = await read(open);
    if (open.basis.unreadable !== undefined) options.onUnreadable?.(open.basis.unreadable);
    yield* items;
  } finally {
    close();
  }
}

export { type AnswerOptions, type AnswerSource, fromSource };
