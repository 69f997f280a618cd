import { join } from 'node:path';
import { type EventForm, eventLines } from '../../../consumer/archive/export/event-lines';
import { eventRows } from '../../../consumer/archive/export/event-rows';
import { eventJson } from '../../../consumer/archive/export/event-text';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import { storedEvent } from '../../../consumer/archive/rows/stored-event';
import { columns } from '../../../consumer/archive/store/columns';
import type { ResultRow } from '../../../consumer/archive/store/database';
import { eventId } from '../../../consumer/records/event-id';
import { readEvents } from '../../../consumer/sources/event-reader';
import { csvRecords } from '../../cli/csv-records';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');

const sampled = new ArchiveFolder();
const fixed = new ArchiveFolder();
beforeAll(async () => {
  await sampled.ingest({ source: sample });
  for (const kind of fixtureKinds) {
    for (const [name, record, text] of fixtures(kind)) {
      fixed.write(`${kind}-${name}.json`, text);
      fixed.write(`${kind}-${name}-compact.json`, JSON.stringify(record));
    }
  }
  await fixed.ingest();
});

async function rowsOf(folder: ArchiveFolder): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  await readArchive(folder.archive, {}, async (database) => {
    for await (const row of eventRows(database)) rows.push(row);
  });
  return rows;
}

/** A row as JSON, with an independent conversion of the column types. */
function expectedJson(row: ResultRow): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const value = row[name];
      if (value === null) return [name, null];
      if (type === 'json') return [name, JSON.parse(String(value))];
      if (type === 'timestamp') return [name, (value as Date).toISOString()]; // the value from the database
      if (type === 'bytes') return [name, Buffer.from(value as Uint8Array).toString('base64')]; // the same
      return [name, type === 'integer' ? Number(value) : value];
    }),
  );
}

const archives = [
  ['the sample', sampled, sample],
  ['the fixtures', fixed, fixed.objects],
] as const;

/** The lines of an export, in their order. */
async function linesOf(folder: ArchiveFolder, form: EventForm): Promise<Buffer[]> {
  const lines: Buffer[] = [];
  await readArchive(folder.archive, {}, async (database) => {
    for await (const batch of eventLines(database, form))
      lines.push(...batch.map((line) => Buffer.from(line)));
  });
  return lines;
}

const send = (extra: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"m"},"send":{}${extra}}`;

/** The record's line of the only record of an object. */
async function onlyLine(content: string | Uint8Array): Promise<Buffer> {
  const folder = new ArchiveFolder();
  folder.write('object', content);
  await folder.ingest();
  const [line = Buffer.alloc(0), ...others] = await linesOf(folder, 'record');
  expect(others).toEqual([]);
  return line;
}

describe('the rows of an export', () => {
  it.each(archives)('have the values of %s as the client of the engine returns them', async (_, folder) => {
    const expected = await folder.rows('SELECT * FROM events ORDER BY event_time NULLS LAST, event_id');
    expect(await rowsOf(folder)).toEqual(expected);
  });

  it.each(archives)('are all events of %s by time and id, events without a time last', async (_, folder) => {
    const rows = await rowsOf(folder);
    const [count] = await folder.rows('SELECT count(*) AS events FROM events');
    expect(BigInt(rows.length)).toBe(count?.events);
    const keys = rows.map(
      ({ event_time: time, event_id: id }) => `${time instanceof Date ? time.toISOString() : '~'} ${id}`,
    );
    expect(keys).toEqual([...keys].sort());
  });
});

describe('an event as JSON', () => {
  it.each(archives)('has every column of %s on one line, in the order of the rows', async (_, folder) => {
    const rows = await rowsOf(folder);
    const lines = await linesOf(folder, 'ndjson');
    expect(lines).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      const line = String(lines[index]);
      expect(line).not.toMatch(/[\r\n]/);
      expect(JSON.parse(line)).toEqual(expectedJson(row));
      expect(Object.keys(JSON.parse(line))).toEqual(columns.map(({ name }) => name));
      expect(eventJson(row)).toBe(line);
    }
  });

  it('has stored bytes in base64', async () => {
    const folder = new ArchiveFolder();
    folder.write('object', send(',"x":1e400'));
    await folder.ingest();
    const { raw } = JSON.parse(String((await linesOf(folder, 'ndjson'))[0]));
    expect(Buffer.from(raw, 'base64').toString()).toBe(send(',"x":1e400'));
  });
});

describe('an event as cells', () => {
  it.each(archives)('has the values of %s, lists and objects as JSON', async (_, folder) => {
    const rows = await rowsOf(folder);
    const records = csvRecords((await linesOf(folder, 'csv')).map((line) => `${line}\r\n`).join(''));
    expect(records).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      const expected = Object.values(expectedJson(row)).map((value, column) => {
        if (value === null) return '';
        const isText = typeof value === 'string' && columns[column]?.type !== 'json';
        return isText || typeof value === 'number' ? String(value) : JSON.stringify(value);
      });
      // A cell that begins like a formula has an apostrophe.
      const unguarded = records[index]?.map((cell, at) =>
        cell === `'${expected[at]}` ? cell.slice(1) : cell,
      );
      expect(unguarded).toEqual(expected);
    }
  });
});
describe('a record on its line', () => {
  it.each(archives)('equals the record of %s', async (_, folder, source) => {
    const records = new Map<string, string>();
    for await (const { id, raw } of readEvents(source)) records.set(id, Buffer.from(raw).toString());
    const rows = await rowsOf(folder);
    const lines = await linesOf(folder, 'record');
    expect(rows).toHaveLength(records.size);
    expect(lines).toHaveLength(records.size);
    for (const [index, row] of rows.entries()) {
      const line = String(lines[index]);
      expect(line).not.toMatch(/[\r\n]/);
      expect(exactForm(line)).toBe(exactForm(records.get(String(row.event_id)) ?? ''));
      expect(line).toBe(storedEvent(row).record.replaceAll(/[\r\n]/g, ' '));
    }
  });

  it.each([
    ['with a number outside the range of doubles', send(',"x":1e400')],
    ['with a duplicate key and unusual spaces', send(' ,\t"x":1, "x" : 2 ')],
    ['with a lone surrogate', send(',"x":"\\ud800"')],
  ])('is byte for byte the stored record %s', async (_, text) => {
    const line = await onlyLine(`${text}\n`);
    expect(line.toString()).toBe(text);
    expect(eventId(line)).toBe(eventId(text));
  });

  it('is byte for byte the stored record that is not UTF-8', async () => {
    const bytes = Buffer.from(send(',"x":"ÿ"'), 'latin1');
    expect(await onlyLine(bytes)).toEqual(bytes);
  });

  it.each([
    ['', 'utf8'],
    [' that is not UTF-8', 'latin1'],
  ] as const)(
    'has a space for each line break between the tokens of a stored record%s',
    async (_, encoding) => {
      const text = `{"eventType":"Send",\r\n"mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"ü"},\n"send":{},"x":1e400}`;
      const line = await onlyLine(Buffer.from(text, encoding));
      expect(line).toEqual(Buffer.from(text.replaceAll(/[\r\n]/g, ' '), encoding));
      expect(exactForm(line.toString('latin1'))).toBe(
        exactForm(Buffer.from(text, encoding).toString('latin1')),
      );
    },
  );
});
