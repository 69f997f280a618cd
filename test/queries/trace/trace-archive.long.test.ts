import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { Database } from '../../../consumer/archive/store/database';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import type { Traced, TraceStep } from '../../../consumer/queries/trace/steps';
import { traceArchive } from '../../../consumer/queries/trace/trace-archive';
import { ArchiveFolder } from '../../archive/archive-folder';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { runs } from '../../property-runs';
import { lifeStories, storyLines } from '../life-stories';
import { stepsOfWholeRecords } from './whole-records';

/** Records of a message with 1 MB of headers each, not in the order of time. Together they are longer than a range. */
const longRecords = Array.from({ length: 10 }, (_, index) => {
  const record = {
    eventType: 'Send',
    mail: {
      timestamp: `2026-03-04T05:06:0${(index * 7) % 10}.000Z`,
      messageId: 'long',
      destination: ['long@example.com'],
      headers: Array.from({ length: 20 }, () => ({ name: 'X-Long', value: 'x'.repeat(50_000) })),
    },
    send: {},
  };
  return `${JSON.stringify(record)}\n`;
});

/** Every message and address of an archive, with the steps of its whole records. */
async function expectedTraces(database: Database): Promise<[of: Traced, steps: TraceStep[]][]> {
  await archiveEngine(database); // creates the views
  const messages = await database.rows<{ id: string }>(
    'SELECT DISTINCT message_id AS id FROM events WHERE message_id IS NOT NULL',
  );
  const addresses = await database.rows<{ address: string }>(
    'SELECT DISTINCT address FROM recipients WHERE address IS NOT NULL',
  );
  const subjects: Traced[] = [
    ...messages.map(({ id }) => ({ messageId: id })),
    ...addresses.map(({ address }) => ({ address })),
    { messageId: 'absent' },
  ];
  const traces: [Traced, TraceStep[]][] = [];
  for (const of of subjects) traces.push([of, await stepsOfWholeRecords(database, of)]);
  return traces;
}

/** Expects of each message and address that its trace has the steps of the whole records; returns their number. */
async function expectWholeTraces(lines: readonly string[], more: readonly string[] = []): Promise<number> {
  const folder = new ArchiveFolder();
  try {
    folder.write('a', [...lines, ...more].join(''));
    folder.write('b', lines.slice(0, 3).join(''));
    await folder.ingest();
    // A trace changes settings of the engine, so each has its own.
    const read = <Result>(work: (database: Database) => Promise<Result>) =>
      readArchive(folder.archive, { wait: 0 }, work);
    let steps = 0;
    for (const [of, expected] of await read(expectedTraces)) {
      const timeline = await read((database) => traceArchive(database, of, { withPlaces: true }));
      const found = [...timeline.newest()];
      expect(found).toEqual(expected);
      expect(timeline.count).toBe(found.length);
      expect([...timeline.newest(2)]).toEqual(found.slice(-2));
      expect([...timeline.newest(0)]).toEqual([]);
      steps += found.length;
    }
    return steps;
  } finally {
    folder.remove();
  }
}

const fixtureLines = fixtureKinds.flatMap((kind) =>
  fixtures(kind).map(([, record]) => `${JSON.stringify(record)}\n`),
);

describe('a trace has the steps of the whole records', () => {
  it.each([
    ['of usual lengths', []],
    ['beside long records', longRecords],
  ])('of every fixture, %s', async (_, more) => {
    expect(await expectWholeTraces(fixtureLines, more)).toBeGreaterThan(100);
  });

  it('of records that require more than the usual memory', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => {
      const timestamp = new Date(Date.UTC(2026, 2, 4) + index).toISOString();
      const mail = { timestamp, messageId: 'long', destination: ['long@example.com'] };
      const smtpResponse = randomBytes(100_000).toString('hex');
      const delivery = { timestamp, recipients: ['long@example.com'], smtpResponse };
      return `${JSON.stringify({ eventType: 'Delivery', mail, delivery })}\n`;
    });
    const folder = new ArchiveFolder();
    try {
      folder.write('a', lines.join(''));
      await folder.ingest();
      const statements: string[] = [];
      const count = await readArchive(folder.archive, { wait: 0 }, async (database) => {
        jest.spyOn(database, 'run').mockImplementation(async (sql, values) => {
          statements.push(sql);
          return Database.prototype.run.call(database, sql, values);
        });
        return (await traceArchive(database, { messageId: 'long' }, {}, 8_000_000)).count;
      });
      expect(count).toBe(lines.length);
      expect(statements.filter((sql) => sql.startsWith('SET'))).toEqual([
        "SET threads = 1; SET memory_limit = '8000000B'",
        expect.stringMatching(/^SET memory_limit = '\d+\.\d MiB'$/),
      ]);
    } finally {
      folder.remove();
    }
  });

  it('of any lives of messages', async () => {
    await fc.assert(
      fc.asyncProperty(lifeStories, fc.boolean(), async (stories, hasLong) => {
        const lines = storyLines(stories).match(/.+\n/g) ?? [];
        await expectWholeTraces(lines, hasLong ? longRecords.slice(0, 1) : []);
      }),
      { numRuns: runs(10), endOnFailure: true }, // each shrinking step creates another archive
    );
  });
});
