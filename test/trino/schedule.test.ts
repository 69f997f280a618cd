import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { archiveTables } from '../../consumer/queries/iceberg/archive-tables';
import { scheduledStatements } from '../../consumer/queries/iceberg/scheduled-statements';
import { describeWithTrino } from './describe-with-trino';
import { createLineTables } from './line-tables';
import { Trino, type TrinoResult } from './trino';
import { trinoForm } from './trino-form';

const statements = scheduledStatements({
  location: 's3://bucket/archive/',
  lateDays: 2,
  retentionDays: 40_000,
});

const day = 24 * 60 * 60 * 1000;

/** A day before today, in UTC: the statements depend on the current date. */
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10);

/** Waits for the next day if it begins during the tests. */
async function waitForMidnight(): Promise<void> {
  const left = day - (Date.now() % day);
  if (left < 4 * 60 * 1000) await sleep(left);
}

/** Events of each day of arrival, enough that a merge takes seconds. */
const eventsPerDay = 3000;

const idsOf = (arrival: string) => Array.from({ length: eventsPerDay }, (_, index) => `${arrival}-${index}`);

const lineOf = (messageId: string, date: string) =>
  JSON.stringify({
    eventType: 'Send',
    mail: {
      timestamp: `${date}T07:00:00.000Z`,
      messageId,
      source: 'news@shop.example',
      destination: ['a@b.example'],
    },
    send: {},
  });

describeWithTrino('the statements of the schedule', () => {
  let folder = '';
  let trino: Trino | undefined;

  /** Runs a statement of Athena. */
  async function run(sql: string) {
    if (trino === undefined) throw new Error('the server was not started');
    let result: Pick<TrinoResult, 'rows' | 'updateCount'> = { rows: [] };
    for (const statement of trinoForm(sql)) result = await trino.query(statement);
    return result;
  }

  /** Runs all statements in their order, and returns the number of rows that each has changed. */
  async function runSchedule(): Promise<Record<string, number | undefined>> {
    const changed: Record<string, number | undefined> = {};
    for (const { name, sql } of statements) changed[name] = (await run(sql)).updateCount;
    return changed;
  }

  const archived = async () =>
    (await run(`SELECT message_id FROM ${archiveTables.events} ORDER BY 1`)).rows.map(([id]) => String(id));
  const recorded = async () =>
    (await run(`SELECT CAST(arrival_day AS varchar), events FROM ${archiveTables.windows} ORDER BY 1`)).rows;

  function writeObject(arrival: string, name: string, lines: readonly string[]): void {
    const hour = join(folder, 'objects', 'events', `dt=${arrival}`, 'hour=07');
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, name), lines.map((line) => `${line}\n`).join(''));
  }

  beforeAll(async () => {
    await waitForMidnight();
    folder = mkdtempSync(join(tmpdir(), 'ses-events-schedule-'));
    mkdirSync(join(folder, 'metastore'));
    mkdirSync(join(folder, 'objects', 'errors'), { recursive: true });
    for (const arrival of [0, 1, 4, 6].map(daysAgo))
      writeObject(
        arrival,
        'object',
        idsOf(arrival).map((id) => lineOf(id, arrival)),
      );
    writeObject(daysAgo(1), 'old-event', [lineOf('old-event', '2019-02-03')]);
    trino = await Trino.start(folder);
    await createLineTables(trino, 'objects', daysAgo(-1));
  });

  afterAll(async () => {
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inArchive = () => [...[1, 4].map(daysAgo).flatMap(idsOf), 'old-event'].sort();

  it('add the events of the days before today once, and record the days that are old enough', async () => {
    const { 'merge-events': around, 'merge-other-events': other } = await runSchedule();
    expect([around, other]).toEqual([2 * eventsPerDay, 1]);
    expect(await archived()).toEqual(inArchive());
    expect(await recorded()).toEqual([[daysAgo(4), eventsPerDay]]);
  });

  it('change no event when they run again, and record the days without events', async () => {
    const { 'merge-events': around, 'merge-other-events': other } = await runSchedule();
    expect([around, other]).toEqual([0, 0]);
    expect(await archived()).toEqual(inArchive());
    expect(await recorded()).toEqual([
      [daysAgo(4), eventsPerDay],
      [daysAgo(3), 0],
      [daysAgo(2), 0],
    ]);
  });

  it('add events that arrive late for a day that is not recorded, and not for one that is', async () => {
    for (const days of [1, 4]) writeObject(daysAgo(days), 'late', [lineOf(`late-${days}`, daysAgo(days))]);
    await runSchedule();
    expect(await archived()).toEqual([...inArchive(), 'late-1'].sort());
    expect(await recorded()).toContainEqual([daysAgo(4), eventsPerDay]);
  });

  it('have the same effect after the engine was killed during a merge', async () => {
    const [merge, ...others] = statements.flatMap(({ name, sql }) => (/^merge-/.test(name) ? [sql] : []));
    if (merge === undefined) throw new Error('the schedule has no merge');
    await run(`DELETE FROM ${archiveTables.windows}`);
    const empty = () => run(`DELETE FROM ${archiveTables.events}`);
    await empty();
    const started = Date.now();
    await run(merge);
    const duration = Date.now() - started;
    await empty();
    const merging = run(merge).catch(() => undefined);
    await sleep(duration * Math.random());
    await trino?.stop(); // with SIGKILL
    await merging;
    trino = await Trino.start(folder);
    // A merge has added all of its events or none.
    expect([0, 2 * eventsPerDay + 2]).toContain((await archived()).length);
    for (const sql of [merge, ...others]) await run(sql);
    expect(await archived()).toEqual([...inArchive(), 'late-1', 'late-4'].sort());
  });
});
