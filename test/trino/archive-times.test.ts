import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { literalDays } from '../../consumer/queries/filling/day-ranges';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import { mergeEvents } from '../../consumer/queries/iceberg/merge-events';
import { recordWindows } from '../../consumer/queries/iceberg/record-windows';
import { describeWithTrino } from './describe-with-trino';
import { createLineTables } from './line-tables';
import { Trino } from './trino';
import { trinoForm } from './trino-form';

/** Times of the events that arrive on 2026-08-09, by the statement that adds them. */
const times = {
  around: [
    '2026-08-06T00:00:00.000Z',
    '2026-08-09T07:00:00.000Z',
    '2026-08-09T09:00:00.000Z',
    '2026-08-12T23:59:59.999Z',
    'not a time',
  ],
  other: [
    '0999-12-31T00:00:00.000Z',
    '2019-02-03T04:05:06.000Z',
    '2026-08-05T23:59:59.999Z',
    '2026-08-13T00:00:00.000Z',
    '2999-01-01T00:00:00.000Z',
  ],
} as const;
type Form = keyof typeof times;
const forms: readonly Form[] = ['around', 'other'];
const first = '2026-08-09';
/** Events that arrive again on other days. The times of those of 2026-08-12 are at the bounds of the first day. */
const repeated = {
  '2026-08-12': ['2026-08-06T00:00:00.000Z', '2026-08-12T23:59:59.999Z'],
  '2026-08-20': ['2026-08-09T09:00:00.000Z'],
} as const;
const [second, third] = ['2026-08-12', '2026-08-20'] as const;
const all = [...times.around, ...times.other].sort();

/** An event of a message that is called like the time. */
const lineOf = (time: string) =>
  JSON.stringify({
    eventType: 'Send',
    mail: { timestamp: time, messageId: time, source: 'news@shop.example', destination: ['a@b.example'] },
    send: {},
  });

describeWithTrino('an archive of events from other times than their arrival', () => {
  let folder = '';
  let trino: Trino | undefined;

  /** Runs a statement of Athena. */
  async function run(sql: string) {
    if (trino === undefined) throw new Error('the server was not started');
    const [statement = '', ...more] = trinoForm(sql);
    expect(more).toEqual([]);
    return trino.query(statement);
  }
  const merge = async (form: Form, day = first, last = day) =>
    (await run(mergeEvents(literalDays({ first: day, last }), form))).updateCount;
  const record = async (day: string) =>
    (await run(recordWindows(literalDays({ first: day, last: day })))).updateCount;
  /** Each event, with the number of its places. */
  const archived = async () =>
    (await run(`SELECT message_id, cardinality(places) FROM ${archiveTables.events} ORDER BY 1`)).rows;
  const names = async () => (await archived()).map(([name]) => name);

  function writeObject(day: string, lines: readonly string[]): void {
    const hour = join(folder, 'objects', 'events', `dt=${day}`, 'hour=07');
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, `object-${day}`), lines.map((line) => `${line}\n`).join(''));
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ses-events-times-'));
    mkdirSync(join(folder, 'metastore'));
    mkdirSync(join(folder, 'objects', 'errors'), { recursive: true });
    writeObject(first, [...all.map(lineOf), 'no record']);
    for (const [day, again] of Object.entries(repeated)) writeObject(day, again.map(lineOf));
    trino = await Trino.start(folder);
    await createLineTables(trino, 'objects');
    for (const table of icebergTables) await run(createTable(table, 's3://bucket/archive/'));
  });

  beforeEach(async () => {
    for (const table of Object.values(archiveTables)) await run(`DELETE FROM ${table}`);
  });

  afterAll(async () => {
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(forms)('has the events with %s times after their statement alone', async (form) => {
    expect(await merge(form)).toBe(times[form].length);
    expect(await names()).toEqual([...times[form]].sort());
  });

  it.each<[Form, Form]>([
    ['around', 'other'],
    ['other', 'around'],
  ])('has each event once after the statements %s and %s, and does not change again', async (one, other) => {
    for (const form of [one, other]) await merge(form);
    expect(await names()).toEqual(all);
    for (const form of [one, other, one]) expect(await merge(form)).toBe(0);
    expect(await names()).toEqual(all);
  });

  it('extends the places of an event that arrives again when its time is not around the days', async () => {
    await merge('around');
    expect(await merge('around', third)).toBe(0);
    expect(await merge('other', third)).toBe(1);
    expect(await archived()).toContainEqual(['2026-08-09T09:00:00.000Z', 2]);
    expect(await merge('other', third)).toBe(0);
  });

  it('extends the places of an event that arrives again when its time is at the bounds', async () => {
    for (const form of forms) await merge(form, second);
    expect(await merge('around')).toBe(times.around.length);
    const extended = repeated[second].map((time) => [time, 2]);
    expect((await archived()).filter(([, places]) => places === 2)).toEqual(extended);
    expect(await names()).toEqual([...times.around].sort());
  });

  it('has each event once after merges of overlapping days in any order', async () => {
    const day = fc.integer({ min: 1, max: 31 }).map((number) => `2026-08-${String(number).padStart(2, '0')}`);
    const form = fc.constantFrom<Form>('around', 'other');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(form, day, day), { minLength: 1, maxLength: 4 }), async (merges) => {
        await run(`DELETE FROM ${archiveTables.events}`);
        for (const [some, ...range] of merges) {
          const [from, to] = range.sort();
          await merge(some, from, to);
        }
        for (const each of [first, second, third]) for (const some of forms) await merge(some, each);
        const twice: readonly string[] = Object.values(repeated).flat();
        expect(await archived()).toEqual(all.map((time) => [time, twice.includes(time) ? 2 : 1]));
      }),
      { numRuns: 3 },
    );
  });

  it.each<[Form, Form]>([
    ['around', 'other'],
    ['other', 'around'],
  ])('records a day when the statements %s and %s have run, and not before', async (one, other) => {
    expect(await record(first)).toBe(0);
    await merge(one);
    expect(await record(first)).toBe(0);
    await merge(other);
    expect(await record(first)).toBe(1);
    const { rows } = await run(
      `SELECT events, unreadable_lines, unreadable_objects FROM ${archiveTables.windows}`,
    );
    expect(rows).toEqual([[all.length, 1, 1]]);
  });

  it.each(['2026-08-09T07:00:00.000Z', '2019-02-03T04:05:06.000Z', 'not a time'])(
    'does not record a day of which the event with the time %s is missing',
    async (time) => {
      for (const form of forms) await merge(form);
      await run(`DELETE FROM ${archiveTables.events} WHERE message_id = '${time}'`);
      expect(await record(first)).toBe(0);
    },
  );

  it('does not record a day of which an event lacks a place', async () => {
    for (const form of forms) await merge(form);
    await merge('around', third);
    expect(await record(third)).toBe(0);
    await merge('other', third);
    expect(await record(third)).toBe(1);
  });
});
