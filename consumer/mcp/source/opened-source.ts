import { openForReading } from '../../archive/file/read-archive';
import type { Database } from '../../archive/store/database';
import { archiveFacts, archiveSource } from '../../queries/answers/archive-source';
import { athenaSource } from '../../queries/answers/athena-source';
import type { CountedResult } from '../../queries/answers/explained';
import type { OpenSource } from '../../queries/answers/open-source';
import type { Request } from '../../queries/answers/request';
import { type AthenaOptions, athenaEngine } from '../../queries/engines/athena/athena-engine';
import { QueryError, type QueryResult } from '../../queries/engines/engine';
import { addressOf, prepareMasked, pseudonymSalt } from '../masking/masked-views';
import { Masker, maskText, personForm } from '../masking/masker';
import { checkMaskedQuery } from '../masking/query-guard';

/** An archive whose personal data is masked, or not. */
interface ArchiveSettings {
  /** The file. */
  archive: string;
  /** Milliseconds to wait for another process that writes to it. */
  wait: number;
  /** @default false */
  withPersonalData: boolean;
}

/** The source of a server. Personal data of Athena is never masked. */
type ServedSource =
  | ArchiveSettings
  | { athena: Omit<AthenaOptions, 'signal'>; lookAhead?: number | undefined; withPersonalData: true };

/** A source that is open for one request. */
interface OpenedSource extends OpenSource {
  /** Counts of the archive; undefined for Athena. */
  facts?: { events: number; newest_event?: Date | undefined; rejected_records: number };
  /** Athena: days after `until` whose partitions are read too. */
  lookAhead?: number | undefined;
  /** Undefined when personal data is not masked. */
  masker?: Masker;
  /** Masks addresses in a text of a result; returns it unchanged when personal data is not masked. */
  text(text: string): string;
  /**
   * Answers a question that filters by personal data. The filter applies to unmasked values, and the rows are masked.
   * @throws {QueryError} as {@link answer}
   */
  search(request: Request): Promise<CountedResult>;
  /** @throws {QueryError} when a query can avoid the masking */
  checkQuery(sql: string): Promise<void>;
  /**
   * Returns the address of a pseudonym, and any other text unchanged.
   * @throws {QueryError} when no event has the person
   */
  addressOf(text: string): Promise<string>;
}

/** Masks the rows of a result by column. */
async function* maskedRows({ columns, rows }: QueryResult, masker: Masker): QueryResult['rows'] {
  for await (const batch of rows)
    yield batch.map((row) => row.map((value, index) => masker.value(columns[index]?.name ?? '', value)));
}

/** Adds what a source does without masking. */
function unmaskedSource(source: OpenSource): OpenedSource {
  return {
    ...source,
    text: (text) => text,
    search: (request) => source.answer(request),
    checkQuery: async () => {},
    addressOf: async (text) => text,
  };
}

async function maskedSource(database: Database): Promise<OpenedSource> {
  const masker = new Masker(await pseudonymSalt(database));
  return {
    ...archiveSource(database, { prepareViews: prepareMasked }),
    masker,
    text: maskText,
    async search(request) {
      const result = await archiveSource(database).answer(request);
      return { ...result, rows: maskedRows(result, masker) };
    },
    checkQuery: (sql) => checkMaskedQuery(database, sql),
    async addressOf(text) {
      if (!personForm.test(text.split('@')[0] ?? '')) return text;
      const address = await addressOf(database, text);
      if (address === undefined)
        throw new QueryError(`there is no person ${JSON.stringify(text)} in this archive`);
      return address;
    },
  };
}

/** Opens an archive for one request, so that an ingest can write to it between requests. */
async function withArchive<Result>(
  { archive, wait, withPersonalData }: ArchiveSettings,
  signal: AbortSignal,
  work: (source: OpenedSource) => Promise<Result>,
): Promise<Result> {
  const { database, close } = await openForReading(archive, { wait, signal });
  try {
    const { events, newest, rejects } = await archiveFacts(database);
    const source = withPersonalData ? unmaskedSource(archiveSource(database)) : await maskedSource(database);
    return await work({ ...source, facts: { events, newest_event: newest, rejected_records: rejects } });
  } finally {
    close();
  }
}

/**
 * Opens a source for one request, and closes it afterwards.
 *
 * @param signal interrupts the request
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function withOpenSource<Result>(
  source: ServedSource,
  signal: AbortSignal,
  work: (source: OpenedSource) => Promise<Result>,
): Promise<Result> {
  if ('archive' in source) return withArchive(source, signal, work);
  const engine = await athenaEngine({ ...source.athena, signal });
  try {
    return await work({
      ...unmaskedSource(athenaSource(engine, { withHint: true })),
      lookAhead: source.lookAhead,
    });
  } finally {
    engine.close();
  }
}

export { type OpenedSource, type ServedSource, withOpenSource };
