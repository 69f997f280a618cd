import fc from 'fast-check';
import { forget } from '../../../consumer/archive/erasure/forget';
import { type EventForm, eventLines } from '../../../consumer/archive/export/event-lines';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { columns } from '../../../consumer/archive/store/columns';
import { Database } from '../../../consumer/archive/store/database';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { csvRecords } from '../../cli/csv-records';
import { ArchiveFolder } from '../archive-folder';

const mark = '\ufeff';

/**
 * Any text that a column can contain, often with a mark before or in it. A NUL is stored in the record's
 * bytes.
 */
const anyText = fc
  .tuple(fc.constantFrom('', '', mark, mark + mark), fc.string({ unit: 'binary' }), fc.constantFrom('', mark))
  .map((parts) => parts.join('').replaceAll('\0', ' '))
  .filter((text) => text !== '');

/**
 * A record with a text in every possible place: a column, a list, JSON columns and fields without a
 * column.
 */
function recordOf(text: string, messageId: string) {
  return {
    eventType: 'Send',
    mail: {
      timestamp: '2026-03-04T05:06:07.890Z',
      messageId,
      destination: ['ana@example.com', text.replaceAll('\u001d', ' ')],
      headers: [{ name: text, value: text }],
      commonHeaders: { from: [text.replaceAll('\u001d', ' ')], subject: text },
      tags: { [`k${text}`]: [text] },
      unknown: text,
    },
    send: {},
  };
}

/** The events of the archive in every output that has texts, in one order. */
async function allOutputs(archive: string) {
  return readArchive(archive, {}, async (database) => {
    const raw: unknown[] = [];
    const ndjson: unknown[] = [];
    const csv: string[][] = [];
    const texts = async (form: EventForm) => {
      const lines: string[] = [];
      for await (const batch of eventLines(database, form))
        lines.push(...batch.map((line) => Buffer.from(line).toString()));
      return lines;
    };
    for (const line of await texts('record')) raw.push(JSON.parse(line));
    for (const line of await texts('ndjson')) ndjson.push(JSON.parse(line));
    for (const line of await texts('csv')) csv.push(...csvRecords(`${line}\r\n`));
    const engine = await archiveEngine(database);
    const { rows } = await engine.query(
      'SELECT message_id, subject, destination, header_from, tags, headers, {s: subject}, map {subject: subject}, $p FROM events',
      { p: `${mark}parameter` },
    );
    const answers: unknown[] = [];
    for await (const batch of rows) answers.push(...batch);
    return { raw, ndjson, csv, answers };
  });
}

type Record = ReturnType<typeof recordOf>;

/** The expected outputs, built from the records. */
function expectOutputs(
  { raw, ndjson, csv, answers }: Awaited<ReturnType<typeof allOutputs>>,
  records: Record[],
) {
  const byId = (id: unknown): Record => records.find(({ mail }) => mail.messageId === id) as Record;
  expect(raw).toHaveLength(records.length);
  for (const record of raw as Record[]) expect(record).toEqual(byId(record.mail.messageId));
  expect(ndjson).toHaveLength(records.length);
  for (const row of ndjson as { [name: string]: unknown }[]) {
    const { mail } = byId(row.message_id);
    expect(row).toMatchObject({
      subject: mail.commonHeaders.subject,
      destination: mail.destination,
      header_from: mail.commonHeaders.from,
      tags: mail.tags,
      headers: mail.headers,
    });
  }
  const cell = (cells: string[], name: string) => cells[columns.findIndex((column) => column.name === name)];
  expect(csv).toHaveLength(records.length);
  for (const cells of csv) {
    const { mail } = byId(cell(cells, 'message_id'));
    const { subject } = mail.commonHeaders;
    expect([subject, `'${subject}`]).toContain(cell(cells, 'subject')); // a formula gets an apostrophe
    expect(JSON.parse(cell(cells, 'destination') ?? '')).toEqual(mail.destination);
    expect(JSON.parse(cell(cells, 'tags') ?? '')).toEqual(mail.tags);
  }
  expect(answers).toHaveLength(records.length);
  for (const [id, ...values] of answers as unknown[][]) {
    const { mail } = byId(id);
    const { subject, from } = mail.commonHeaders;
    expect(values.slice(0, 3)).toEqual([subject, mail.destination, from]);
    expect(values.slice(3, 5).map((json) => JSON.parse(String(json)))).toEqual([mail.tags, mail.headers]);
    expect(values[5]).toEqual({ s: subject });
    expect(JSON.stringify(values[6])).toContain(JSON.stringify(subject));
    expect(values[7]).toBe(`${mark}parameter`);
  }
}

describe('the archive returns a text unchanged', () => {
  it('for any text, through export, query and forget', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 40, maxLength: 80 }), async (texts) => {
        const folder = new ArchiveFolder();
        const records = texts.map((text, index) => recordOf(text, `m${index}`));
        folder.write('object.ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
        expect(await folder.ingest()).toMatchObject({ newEvents: records.length, read: { rejects: 0 } });
        expectOutputs(await allOutputs(folder.archive), records);
        const { eventsChanged } = await forget('ana@example.com', { archive: folder.archive, wait: 0 });
        expect(eventsChanged).toBe(records.length);
        const forgotten = await allOutputs(folder.archive);
        const [{ mail }] = forgotten.raw as [Record];
        const [pseudonym = ''] = mail.destination;
        expectOutputs(
          forgotten,
          records.map((record) => ({
            ...record,
            mail: { ...record.mail, destination: [pseudonym, ...record.mail.destination.slice(1)] },
          })),
        );
      }),
      { numRuns: 8 },
    );
  });

  it('as a parameter, a column name, or an enumeration value', async () => {
    const database = await Database.create({});
    try {
      const value = `${mark}a`;
      const [row] = await database.rows(`SELECT $1 AS "${value}", 'e'::ENUM('e') AS e, $1::VARIANT AS v`, [
        value,
      ]);
      expect(Object.keys(row ?? {})).toEqual([value, 'e', 'v']);
      expect(Object.values(row ?? {})).toEqual([value, 'e', value]);
      const { columns: named, rows } = await database.query(
        `SELECT '${value}'::ENUM('${value}') AS "${mark}", $p`,
        {
          p: value,
        },
      );
      expect(named[0]?.name).toBe(mark);
      for await (const batch of rows) expect(batch).toEqual([[value, value]]);
    } finally {
      database.close();
    }
  });
});
