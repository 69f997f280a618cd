import { trino } from '../../../consumer/archive/dialects/trino';
import { storedRow } from '../../../consumer/archive/rows/stored-row';
import { fieldColumns } from '../../../consumer/archive/store/columns';
import type { AthenaEngine } from '../../../consumer/queries/engines/athena/athena-engine';
import type { PlainValue } from '../../../consumer/queries/engines/plain-value';
import { forgetInCatalog } from '../../../consumer/queries/erasing/forget-in-catalog';
import { soughtInCatalog } from '../../../consumer/queries/erasing/tombstone-rows';
import { parseRecord } from '../../../consumer/records/parse-record';

const address = '_email.x@example.com';

/** The values of an event in the archive, as Athena returns them. */
function rowOf(record: object): PlainValue[] {
  const [outcome] = parseRecord(Buffer.from(JSON.stringify(record)));
  if (outcome?.outcome !== 'event') throw new Error('not an event');
  const { id, kind, recordType, origin, cells, extra, raw } = storedRow(outcome);
  const values = fieldColumns.map(({ type }, index): PlainValue => {
    const cell = cells[index];
    if (cell === undefined) return null;
    if (typeof cell === 'object') return JSON.stringify(cell);
    return type === 'timestamp' ? new Date(String(cell)) : cell;
  });
  const objects = JSON.stringify([`s3://bucket/events/${id}`]);
  return [id, kind, recordType, origin, ...values, extra ?? null, raw?.toString('base64') ?? null, objects];
}

const send = (messageId: string, subject: string) =>
  rowOf({
    eventType: 'Send',
    mail: {
      timestamp: '2026-03-04T05:06:07.890Z',
      messageId,
      destination: [address, 'bo@example.com'], // with others, the subject remains
      commonHeaders: { subject },
    },
    send: {},
  });

/** An event whose kind is the address: it is invalid without it. */
const namedAfterPerson = rowOf({
  event_type: address,
  event_timestamp: 1_577_836_800_000,
  arrival_timestamp: 1_577_840_400_000,
  attributes: {},
  facets: {
    email_channel: {
      mail_event: {
        mail: {
          message_id: 'p-1',
          message_send_timestamp: 1_577_836_800_000,
          destination: [address],
          common_headers: { subject: 'Dear X' },
        },
      },
    },
  },
});

/** The results of statements that begin with a text; others have none. */
type Results = readonly (readonly [start: string, pages: readonly (readonly PlainValue[])[][]])[];

/** An engine that returns given results, with the statements that it has received. */
function engineWith(results: Results): { engine: AthenaEngine; statements: string[] } {
  const statements: string[] = [];
  const engine: AthenaEngine = {
    dialect: trino,
    source: 'both',
    isDefaultSource: true,
    executions: [],
    async query(sql) {
      statements.push(sql);
      const [, pages = []] = results.find(([start]) => sql.startsWith(start)) ?? [];
      async function* rows() {
        yield* pages;
      }
      return { columns: [], rows: rows(), queryId: 'q', scannedBytes: 0, updatedRows: undefined };
    },
    close() {},
  };
  return { engine, statements };
}

async function forget(results: Results) {
  const { engine, statements } = engineWith(results);
  const report = await forgetInCatalog(engine, address, await soughtInCatalog(engine, address, false));
  return { report, statements };
}

describe('an erasure from the archive of a catalog', () => {
  it('changes events, and deletes those that are invalid without the person or exceed a statement', async () => {
    const long = send('m-2', 'x'.repeat(200_000));
    const { report, statements } = await forget([
      ['SELECT event_id', [[send('m-1', 'Hello'), long], [namedAfterPerson]]],
    ]);
    expect(report).toMatchObject({ eventsChanged: 1, eventsRemoved: 0, eventsRejected: 2 });
    expect(report.objects).toHaveLength(3);
    const rewrites = statements.filter((sql) => sql.startsWith('MERGE INTO event_archive')).join('\n');
    const found = [...rewrites.matchAll(/^\('(\w+)', (?:NULL|TIMESTAMP '[^']*'), (true|false),/gm)].map(
      ([, id, isDeleted]) => [id, isDeleted],
    );
    expect(found.sort()).toEqual(
      [
        [send('m-1', 'Hello')[0], 'false'],
        [long[0], 'true'],
        [namedAfterPerson[0], 'true'],
      ].sort(),
    );
    expect(rewrites).not.toContain(address);
  });

  it('reports the files with deleted rows that OPTIMIZE has left', async () => {
    const { report } = await forget([['SELECT count(*) AS files', [[[3]]]]]);
    expect(report.unmergedFiles).toBe(3);
  });

  it('refuses a catalog with two salts', async () => {
    const people = [
      ['hash-1', 'forgotten-1', 'salt-1', false],
      ['hash-2', 'forgotten-2', 'salt-2', false],
    ];
    const { engine, statements } = engineWith([['SELECT address_hash', [people]]]);
    await expect(soughtInCatalog(engine, address, false)).rejects.toThrow(
      'archive_tombstones has two salts, because two first erasures ran at the same time',
    );
    expect(statements).toHaveLength(1);
  });
});
