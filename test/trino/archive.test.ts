import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { storedEvent } from '../../consumer/archive/rows/stored-event';
import { openCondition } from '../../consumer/queries/answers/find-reading';
import { type AthenaEngine, athenaEngine } from '../../consumer/queries/engines/athena/athena-engine';
import {
  athenaStatement,
  questionStatements,
  statements,
} from '../../consumer/queries/engines/athena/statements';
import { literalDays } from '../../consumer/queries/filling/day-ranges';
import { fillArchive } from '../../consumer/queries/filling/fill-archive';
import { mergeDays } from '../../consumer/queries/filling/merge-days';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import type { Reading } from '../../consumer/queries/iceberg/event-source';
import {
  deleteOldEvents,
  deleteOldUndated,
  joinFiles,
  removeOldFiles,
} from '../../consumer/queries/iceberg/maintenance';
import { recordWindows } from '../../consumer/queries/iceberg/record-windows';
import { deliveriesFromLines } from '../../consumer/queries/lines/events-from-lines';
import { foundLines } from '../../consumer/queries/lines/found-lines';
import { lineTables } from '../../consumer/queries/lines/line-tables';
import type { ParameterValues } from '../../consumer/queries/questions/parameters';
import { type Question, questions } from '../../consumer/queries/questions/question';
import { writeObjects } from './agreement-objects';
import { AthenaOnTrino } from './athena-on-trino';
import { describeWithTrino } from './describe-with-trino';
import { columnsOfView, emittedViews, putView } from './glue-views';
import { createLineTables } from './line-tables';
import { Trino } from './trino';
import { trinoForm } from './trino-form';

/** The days of arrival of the objects, and the last of them that is complete in the archive. */
const [firstDay, lastDay] = ['2026-08-01', '2026-08-31'];
const lastRecorded = '2026-08-08';

const days = (first: string, last: string) => literalDays({ first, last });

const glueViews = emittedViews({ archiveTable: true });

/** The range of some answers. Other questions have the same conditions. */
const range = { since: new Date('2026-08-06T00:00:00Z'), until: new Date('2026-08-11T00:00:00Z') };
const inRange = ['bounces', 'health', 'late-events', 'gaps', 'messages'].map((name) => {
  const question = questions().find((each) => each.name === name);
  if (question === undefined) throw new Error(`there is no question ${name}`);
  return question;
});

type Compared = readonly [name: string, question: Question, values: ParameterValues];
const comparedInRange: readonly Compared[] = inRange.map((question) => [
  `${question.name} of a time range`,
  question,
  range,
]);
const comparedWhole: readonly Compared[] = questions().map((question) => [question.name, question, {}]);

describeWithTrino('the Iceberg archive', () => {
  const environment = { ...process.env };
  let folder = '';
  let trino: Trino | undefined;
  let athena: AthenaOnTrino | undefined;
  let engine: AthenaEngine | undefined;

  /** Merges days, and returns the number of changed events. */
  async function merge(first: string, last = first): Promise<number> {
    if (engine === undefined) throw new Error('the engine was not started');
    let events = 0;
    for (const times of ['around', 'other'] as const)
      events += (await mergeDays(engine, { first, last }, times)) ?? Number.NaN;
    return events;
  }

  /** Runs a statement of Athena. */
  async function run(sql: string) {
    let rows: readonly (readonly unknown[])[] = [];
    let updateCount: number | undefined;
    for (const statement of trinoForm(sql)) {
      const result = await trino?.query(statement);
      rows = result?.rows ?? [];
      updateCount = result?.updateCount;
    }
    return { rows, updateCount };
  }
  const rowsOf = async (sql: string) => (await run(sql)).rows;

  const everything = `SELECT event_id, event_type, event_time, extra, to_base64(raw) AS raw,
    json_format(CAST(map_entries(places) AS json)) AS places FROM`;
  /** All rows of the archive, in order. */
  const archived = () => rowsOf(`${everything} ${archiveTables.events} ORDER BY event_id`);
  /** The rows that the archive should have, from the lines. */
  const delivered = () =>
    rowsOf(
      `${everything.replace('event_time,', 'CAST(event_time AS timestamp(6)) AS event_time,')} (${deliveriesFromLines(lineTables)}) deliveries ORDER BY event_id`,
    );
  /** Compares maps of places as sets of entries. */
  const comparable = (rows: readonly (readonly unknown[])[]) =>
    rows.map((row) => [
      ...row.slice(0, -1),
      (JSON.parse(String(row.at(-1))) as unknown[]).map(String).sort(),
    ]);

  const answer = (question: Question, values: ParameterValues, reading: Reading) =>
    rowsOf(
      questionStatements(question, { ...values, limit: 'all' }, reading, { lookAhead: values.until && 30 })
        .answer,
    );
  /** The answers from the lines, by their names. They do not change. */
  const lineAnswers = new Map<string, ReturnType<typeof answer>>();
  function fromLines(name: string, question: Question, values: ParameterValues): ReturnType<typeof answer> {
    const known = lineAnswers.get(name) ?? answer(question, values, { source: 'lines' });
    lineAnswers.set(name, known);
    return known;
  }

  /** The number of unreadable lines, and of their objects. */
  const unreadable = (reading: Reading) => rowsOf(statements('SELECT 1', reading).unreadable);

  async function empty(): Promise<void> {
    for (const table of Object.values(archiveTables)) await run(`DELETE FROM ${table}`);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ses-events-iceberg-'));
    mkdirSync(join(folder, 'metastore'));
    writeObjects(join(folder, 'objects'));
    trino = await Trino.start(folder);
    await createLineTables(trino, 'objects');
    for (const table of icebergTables) await run(createTable(table, 's3://bucket/archive/'));
    athena = await AthenaOnTrino.start(trino);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
    const { endpoint } = athena;
    engine = await athenaEngine({ workgroup: 'any', database: 'ses', region: 'eu-west-1', endpoint });
  });

  afterAll(async () => {
    process.env = environment;
    engine?.close();
    await athena?.close();
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('filled once', () => {
    beforeAll(async () => {
      await merge(firstDay, lastDay);
      await run(recordWindows(days(firstDay, lastDay)));
    });

    it.each([...comparedWhole, ...comparedInRange])(
      'answers %s from the archive alone as from the lines alone',
      async (name, question, values) => {
        expect(await answer(question, values, { source: 'archive' })).toEqual(
          await fromLines(name, question, values),
        );
      },
    );

    it('has the number of the unreadable lines', async () => {
      expect(await unreadable({ source: 'archive' })).toEqual(await unreadable({ source: 'lines' }));
    });

    it('has each event of the lines once, with all of its places', async () => {
      const rows = await archived();
      expect(rows.length).toBeGreaterThan(2000);
      expect(comparable(rows)).toEqual(comparable(await delivered()));
    });

    it('does not change when it is filled again', async () => {
      expect(await merge(firstDay, lastDay)).toBe(0);
      expect(await merge('2026-08-05', '2026-08-09')).toBe(0);
    });

    it('restores the record of each event, with its bytes only where they have more information', async () => {
      const names = (await rowsOf(`SHOW COLUMNS FROM ${archiveTables.events}`)).map(([name, type]) => [
        String(name),
        String(type),
      ]);
      const kept = names.map(([name, type]) =>
        type === 'varbinary'
          ? `to_base64(${name}) AS ${name}`
          : type === 'map(varchar, bigint)'
            ? 'NULL AS places'
            : name,
      );
      const columns = names.map(([name]) => name);
      const lines = new Map(
        (
          await rowsOf(
            `SELECT DISTINCT lower(to_hex(substr(sha256(to_utf8(line)), 1, 16))), to_base64(to_utf8(line)) FROM (${foundLines(lineTables)}) found`,
          )
        ).map(([id, line]) => [id, Buffer.from(String(line), 'base64')]),
      );
      const rows = await rowsOf(`SELECT ${kept.join(', ')} FROM ${archiveTables.events}`);
      let withBytes = 0;
      for (const values of rows) {
        const row = Object.fromEntries(
          columns.map((name, index) => {
            const [value, [, type] = []] = [values[index], names[index]];
            if (value === null) return [name, null];
            if (type?.startsWith('timestamp')) return [name, new Date(`${String(value).slice(0, 23)}Z`)];
            return [name, type === 'varbinary' ? Buffer.from(String(value), 'base64') : value];
          }),
        );
        const line = lines.get(String(row.event_id));
        if (line === undefined) throw new Error(`no line has the event ${row.event_id}`);
        if (row.raw === null)
          expect(JSON.parse(storedEvent(row).record)).toEqual(JSON.parse(line.toString()));
        else {
          withBytes++;
          expect((row.raw as Buffer).equals(line)).toBe(true);
        }
      }
      expect(withBytes).toBeGreaterThan(0);
      expect(withBytes).toBeLessThan(rows.length / 20);
    });
  });

  describe('recorded up to a day', () => {
    const both: Reading = { source: 'both' };

    beforeAll(async () => {
      await empty();
      // Some days are only in the archive, some in both, and some only in the lines.
      await merge(firstDay, '2026-08-10');
      await run(recordWindows(days(firstDay, lastRecorded)));
      if (trino === undefined) throw new Error('the server was not started');
      for (const view of glueViews) putView(trino, view);
    });

    it('has a row for each day from the first one with lines, with its counts', async () => {
      const rows = await rowsOf(
        `SELECT CAST(arrival_day AS varchar), events, unreadable_lines FROM ${archiveTables.windows} ORDER BY 1`,
      );
      const expected = await rowsOf(
        `SELECT dt, count(DISTINCT line) FROM (${foundLines(lineTables)}) found JOIN ${archiveTables.events} ON event_id = lower(to_hex(substr(sha256(to_utf8(line)), 1, 16))) GROUP BY 1`,
      );
      expect(rows.map(([day]) => day)).toEqual(
        ['04', '05', '06', '07', '08'].map((each) => `2026-08-${each}`),
      );
      for (const [day, events] of rows)
        expect([day, events]).toEqual([day, expected.find(([dt]) => dt === day)?.[1] ?? 0]);
    });

    it.each(comparedWhole)('answers %s from both as from the lines alone', async (name, question, values) => {
      const recorded = await rowsOf(
        `SELECT CAST(arrival_day AS varchar) FROM ${archiveTables.windows} ORDER BY 1`,
      );
      const open = openCondition(recorded.map(([day]) => String(day)));
      expect(await answer(question, values, { ...both, open })).toEqual(
        await fromLines(name, question, values),
      );
    });

    it.each(comparedInRange)(
      'answers %s the same when it looks up the days',
      async (name, question, values) => {
        const lines = await fromLines(name, question, values);
        expect(lines).not.toEqual([]);
        expect(await answer(question, values, both)).toEqual(lines);
      },
    );

    it.each(glueViews.map((view) => [view.name, view] as const))(
      'has the view %s of the catalog, with the columns of its query',
      async (_, view) => {
        if (trino === undefined) throw new Error('the server was not started');
        const { columns } = view.definition;
        expect(await columnsOfView(trino, view)).toEqual({ catalog: columns, query: columns });
      },
    );

    it.each(['events', 'unreadable_lines', 'arrivals', 'event_objects', 'messages'])(
      'has as many rows in the view %s as the lines have',
      async (name) => {
        const count = `SELECT count(*) FROM ${name}`;
        const lines = await rowsOf(athenaStatement(count, { source: 'lines' }));
        expect(Number(lines[0]?.[0])).toBeGreaterThan(0);
        expect(await rowsOf(count)).toEqual(lines);
      },
    );

    it('counts the unreadable lines of both', async () => {
      const lines = await unreadable({ source: 'lines' });
      expect(Number(lines[0]?.[0])).toBeGreaterThan(0);
      expect(await unreadable(both)).toEqual(lines);
    });

    it('does not record a day of which an event is missing', async () => {
      await run(`DELETE FROM ${archiveTables.windows} WHERE arrival_day = DATE '2026-08-06'`);
      const [[id] = []] = await rowsOf(
        `SELECT min(event_id) FROM ${archiveTables.events} WHERE any_match(map_keys(places), object -> strpos(object, 'dt=2026-08-06') > 0)`,
      );
      await run(`DELETE FROM ${archiveTables.events} WHERE event_id = '${id}'`);
      expect((await run(recordWindows(days('2026-08-06', '2026-08-06')))).updateCount).toBe(0);
      await merge('2026-08-06');
      expect((await run(recordWindows(days('2026-08-06', '2026-08-06')))).updateCount).toBe(1);
    });
  });

  it('is the same after merges in any order, overlapping and repeated', async () => {
    const expected = comparable(await delivered());
    const day = fc.integer({ min: 0, max: 19 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 3 }), async (windows) => {
        await empty();
        const name = (index: number) => `2026-08-${String(index + 1).padStart(2, '0')}`;
        for (const [one, other] of windows)
          await merge(name(Math.min(one, other)), name(Math.max(one, other)));
        await merge('2026-08-10', lastDay);
        await merge(firstDay, '2026-08-12');
        expect(comparable(await archived())).toEqual(expected);
      }),
      { numRuns: 3 },
    );
  });

  it('has the same rows after its files were joined and old files removed', async () => {
    const expected = comparable(await archived());
    const files = async () =>
      Number((await rowsOf(`SELECT count(*) FROM "${archiveTables.events}$files"`))[0]?.[0]);
    const snapshots = async () =>
      Number((await rowsOf(`SELECT count(*) FROM "${archiveTables.events}$snapshots"`))[0]?.[0]);
    await run(`UPDATE ${archiveTables.events} SET subject = subject WHERE event_type = 'Delivery'`); // writes more files
    const before = await files();
    await run(joinFiles(archiveTables.events));
    await run(removeOldFiles(archiveTables.events));
    expect(await files()).toBeLessThan(before);
    expect(await snapshots()).toBe(1);
    expect(comparable(await archived())).toEqual(expected);
  });

  it('loses only events that are older than the retention', async () => {
    const count = async (where: string) =>
      Number((await rowsOf(`SELECT count(*) FROM ${archiveTables.events} WHERE ${where}`))[0]?.[0]);
    const [[age] = []] = await rowsOf("SELECT date_diff('day', DATE '2026-08-06', current_date)");
    const kept = "event_time >= TIMESTAMP '2026-08-06 00:00:00'";
    const [before, undated] = [await count(kept), await count('event_time IS NULL')];
    await run(deleteOldEvents(Number(age)));
    expect([await count(`NOT (${kept})`), await count(kept)]).toEqual([0, before]);
    const arrived = "any_match(map_keys(places), object -> strpos(object, 'dt=2026-08-09') > 0)"; // the others on 2026-08-04
    const late = await count(`event_time IS NULL AND ${arrived}`);
    expect([undated > late, late > 0]).toEqual([true, true]);
    await run(deleteOldUndated(Number(age)));
    expect(await count('event_time IS NULL')).toBe(late);
    await run(deleteOldUndated(Number(age) - 10));
    expect(await count('event_time IS NULL')).toBe(0);
  });

  it('is created, filled and recorded by one call, and completed by the next', async () => {
    if (engine === undefined) throw new Error('the engine was not started');
    for (const table of Object.values(archiveTables)) await run(`DROP TABLE ${table}`);
    const options = { lateDays: 2, since: '2026-08-04', until: '2026-08-07' };
    const fill = (today: string, more = {}) =>
      fillArchive(engine as AthenaEngine, { ...options, today, ...more }); // checked above
    await expect(fill('2026-08-08')).rejects.toThrow('name the folder to create them in');
    const texts: string[] = [];
    const onStep = ({ text }: { text: string }) => void texts.push(text);
    const first = await fill('2026-08-08', { location: 's3://bucket/archive/', onStep });
    expect(first).toMatchObject({ mergedDays: 4, recordedDays: 3, openDays: ['2026-08-07'] });
    expect(first.events).toBeGreaterThan(800);
    expect(texts.slice(0, 6)).toEqual([
      'creating event_archive',
      'creating archive_windows',
      'creating archive_tombstones',
      'merging 2026-08-04 to 2026-08-06',
      'merging 2026-08-04 to 2026-08-06, other event times',
      'recording 2026-08-04 to 2026-08-06',
    ]);
    expect(await fill('2026-08-09')).toMatchObject({
      mergedDays: 1,
      events: 0,
      recordedDays: 1,
      openDays: [],
    });
    expect(await fill('2026-08-09')).toMatchObject({ mergedDays: 0 });
  });

  it('has the events of an object that arrived late after its day was filled again', async () => {
    if (engine === undefined) throw new Error('the engine was not started');
    const day = '2026-08-05';
    const window = async () => {
      const columns = 'events, unreadable_lines, unreadable_objects';
      const rows = await rowsOf(
        `SELECT ${columns} FROM ${archiveTables.windows} WHERE arrival_day = DATE '${day}'`,
      );
      expect(rows).toHaveLength(1);
      return (rows[0] ?? []).map(Number);
    };
    const [events = 0, lines = 0, objects = 0] = await window();
    const hour = join(folder, 'objects', 'events', `dt=${day}`, 'hour=23');
    mkdirSync(hour, { recursive: true });
    const mail = { timestamp: `${day}T23:00:00.000Z`, messageId: 'late', destination: ['a@b.example'] };
    writeFileSync(
      join(hour, 'late'),
      `${JSON.stringify({ eventType: 'Send', mail, send: {} })}\nno record\n`,
    );
    const fill = (again: boolean) =>
      fillArchive(engine as AthenaEngine, {
        lateDays: 2,
        since: day,
        until: day,
        today: '2026-08-09',
        again,
      }); // checked above
    expect(await fill(false)).toMatchObject({ mergedDays: 0 });
    expect(await window()).toEqual([events, lines, objects]);
    expect(await fill(true)).toMatchObject({ mergedDays: 1, events: 1, recordedDays: 1, openDays: [] });
    expect(await window()).toEqual([events + 1, lines + 1, objects + 1]);
    expect(await fill(true)).toMatchObject({ mergedDays: 1, events: 0, recordedDays: 1 });
  });
});
