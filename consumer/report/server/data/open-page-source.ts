import { openForReading } from '../../../archive/file/read-archive';
import { archiveFacts, archiveSource } from '../../../queries/answers/archive-source';
import { athenaSource } from '../../../queries/answers/athena-source';
import { type AthenaOptions, athenaEngine } from '../../../queries/engines/athena/athena-engine';
import { redactedText } from '../../../texts/redacted-text';
import { archiveState } from './archive-state';
import type { PageSource } from './page';
import { redactedSource } from './redacted-source';

/** A source that is open for one page. */
interface OpenedPageSource extends PageSource {
  close(): void;
}

/** The data of all pages. */
interface PageData {
  /** Returns a text that changes when there may be new events. It is constant for Athena, where each query has a price. */
  state(): string;
  /**
   * Opens the data for one page.
   * @throws {ArchiveError} when the archive cannot be opened
   */
  open(): Promise<OpenedPageSource>;
}

/** Options of the data. */
interface PageDataOptions {
  /**
   * Milliseconds to wait for another process that has the archive open.
   * @default 10000
   */
  wait?: number | undefined;
  /** Whether to mask the addresses of people. */
  isMasked: boolean;
}

const unmasked = (text: string) => text;

/** Returns the data of an archive. Each page opens it and frees it. */
function archiveData(path: string, { wait, isMasked }: PageDataOptions): PageData {
  return {
    state: () => archiveState(path),
    async open() {
      const { database, close } = await openForReading(path, { wait });
      try {
        const facts = await archiveFacts(database);
        const source = archiveSource(database);
        const open = isMasked ? redactedSource(source) : source;
        const mask = isMasked ? redactedText : unmasked;
        return { open, database, isMasked, mask, facts, now: new Date(), close };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

/** Returns the data of Athena. */
function athenaData(athena: Omit<AthenaOptions, 'signal'>, { isMasked }: PageDataOptions): PageData {
  return {
    state: () => 'athena',
    async open() {
      const engine = await athenaEngine(athena);
      const source = athenaSource(engine, { withHint: true });
      const open = isMasked ? redactedSource(source) : source;
      const mask = isMasked ? redactedText : unmasked;
      const close = () => engine.close();
      return { open, database: undefined, isMasked, mask, facts: undefined, now: new Date(), close };
    },
  };
}

export { archiveData, athenaData, type OpenedPageSource, type PageData };
