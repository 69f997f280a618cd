import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedEvent } from '../../consumer/archive/rows/stored-event';
import { type AthenaEngine, athenaEngine } from '../../consumer/queries/engines/athena/athena-engine';
import { literalDays } from '../../consumer/queries/filling/day-ranges';
import { mergeDays } from '../../consumer/queries/filling/merge-days';
import {
  archiveColumns,
  archiveTables,
  createTable,
  icebergTables,
} from '../../consumer/queries/iceberg/archive-tables';
import { recordWindows } from '../../consumer/queries/iceberg/record-windows';
import { foundLines } from '../../consumer/queries/lines/found-lines';
import { lineTables } from '../../consumer/queries/lines/line-tables';
import { describeWithPython } from '../python/describe-with-python';
import { writeObjects } from './agreement-objects';
import { AthenaOnTrino } from './athena-on-trino';
import { describeWithTrino } from './describe-with-trino';
import { createLineTables } from './line-tables';
import { schema, Trino } from './trino';
import { trinoForm } from './trino-form';

/** A row as JSON: times and bytes are texts. */
type Row = Record<string, unknown>;

const byKey = (key: string, rows: readonly Row[]) =>
  [...rows].sort((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1));

const times = archiveColumns.filter(({ type }) => type.startsWith('timestamp')).map(({ name }) => name);

/** Converts a row to the values that `storedEvent` takes, as docs/reading-elsewhere.md describes. */
function stored(row: Row): Row {
  const values = { ...row, raw: row.raw === null ? null : Buffer.from(String(row.raw), 'base64') };
  const dates = times.map((name) => [name, row[name] && new Date(`${String(row[name]).replace(' ', 'T')}Z`)]);
  return { ...values, ...Object.fromEntries(dates) };
}

describeWithTrino('the Iceberg archive in other engines', () => {
  describeWithPython('from the files alone', (executables) => {
    const environment = { ...process.env };
    let folder = '';
    let trino: Trino | undefined;
    let athena: AthenaOnTrino | undefined;
    let engine: AthenaEngine | undefined;

    /** Runs a statement of Athena, and returns its rows. */
    async function run(sql: string): Promise<Row[]> {
      let rows: Row[] = [];
      for (const statement of trinoForm(sql)) {
        const result = await trino?.query(statement);
        const names = result?.columns.map(({ name }) => name) ?? [];
        rows = (result?.rows ?? []).map((row) =>
          Object.fromEntries(row.map((value, i) => [names[i], value])),
        );
      }
      return rows;
    }

    /** Returns the newest metadata of a table, as the location that a catalog has. */
    function metadataOf(table: string): string {
      const database = join(folder, 'metastore', schema);
      const [name = ''] = readdirSync(database).filter((entry) => entry.startsWith(`${table}-`));
      const files = readdirSync(join(database, name, 'metadata'));
      const newest = files
        .filter((file) => file.endsWith('.metadata.json'))
        .sort()
        .at(-1); // 00042-….metadata.json
      return `local:///metastore/${schema}/${name}/metadata/${newest}`;
    }

    /** Returns the rows that another engine reads. */
    function read(reader: string, table: string): Row[] {
      const script = join(__dirname, 'readers', `with-${reader}.py`);
      const output = execFileSync(join(executables, 'python'), [script, metadataOf(table)], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 2 ** 27,
      });
      return output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    }

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'ses-events-readers-'));
      mkdirSync(join(folder, 'metastore'));
      symlinkSync('.', join(folder, 'local:'));
      writeObjects(join(folder, 'objects'));
      trino = await Trino.start(folder);
      await createLineTables(trino, 'objects');
      for (const table of icebergTables) await run(createTable(table, 's3://bucket/archive/'));
      athena = await AthenaOnTrino.start(trino);
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
      const { endpoint } = athena;
      engine = await athenaEngine({ workgroup: 'any', database: 'ses', region: 'eu-west-1', endpoint });
      const days = { first: '2026-08-08', last: '2026-08-09' };
      for (const times of ['around', 'other'] as const) await mergeDays(engine, days, times);
      await run(recordWindows(literalDays(days)));
      await run(`DELETE FROM ${archiveTables.events} WHERE event_type = 'Open' AND event_id < '8'`);
    });

    afterAll(async () => {
      process.env = environment;
      engine?.close();
      await athena?.close();
      await trino?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('has deleted rows in separate files, which a reader must apply', async () => {
      const [files] = await run(
        `SELECT count_if(content = 0) AS data, count_if(content = 1) AS deletes FROM "${archiveTables.events}$files"`,
      );
      expect(Number(files?.data)).toBeGreaterThan(10);
      expect(Number(files?.deletes)).toBeGreaterThan(0);
    });

    describe.each(['duckdb', 'pyiceberg'])('with %s', (reader) => {
      it.each([
        [archiveTables.events, 'event_id', 200],
        [archiveTables.windows, 'arrival_day', 1],
      ])('has the rows of %s that Trino has', async (table, key, moreThan) => {
        const rows = read(reader, table);
        expect(rows.length).toBeGreaterThan(moreThan);
        expect(byKey(key, rows)).toEqual(byKey(key, await run(`SELECT * FROM ${table}`)));
      });

      it('restores the record of each event', async () => {
        const found = await run(
          `SELECT DISTINCT lower(to_hex(substr(sha256(to_utf8(line)), 1, 16))) AS id, to_base64(to_utf8(line)) AS line FROM (${foundLines(lineTables)}) found`,
        );
        const lines = new Map(
          found.map(({ id, line }) => [id, Buffer.from(String(line), 'base64').toString()]),
        );
        const rows = read(reader, archiveTables.events);
        expect(rows.some(({ raw }) => raw !== null)).toBe(true);
        for (const row of rows)
          expect(JSON.parse(storedEvent(stored(row)).record)).toEqual(
            JSON.parse(lines.get(row.event_id) ?? ''),
          );
      });
    });
  });
});
