import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from '../../consumer/archive/dialects/literals';
import { Erasure } from '../../consumer/archive/erasure/erase-outcome';
import { forgetObjectsOf } from '../../consumer/archive/objects/forget-objects';
import { Manifest } from '../../consumer/archive/objects/manifest';
import { type AthenaEngine, athenaEngine } from '../../consumer/queries/engines/athena/athena-engine';
import {
  type CatalogErasureOptions,
  forgetAgainInCatalog,
  forgetInCatalog,
} from '../../consumer/queries/erasing/forget-in-catalog';
import { soughtInCatalog } from '../../consumer/queries/erasing/tombstone-rows';
import { literalDays } from '../../consumer/queries/filling/day-ranges';
import { mergeDays } from '../../consumer/queries/filling/merge-days';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import { withoutErased } from '../../consumer/queries/iceberg/erased-lines';
import { recordWindows } from '../../consumer/queries/iceberg/record-windows';
import { deliveriesFromLines } from '../../consumer/queries/lines/events-from-lines';
import { lineTables } from '../../consumer/queries/lines/line-tables';
import { run as runCommand } from '../cli/run-command';
import { AthenaOnTrino } from './athena-on-trino';
import { describeWithTrino } from './describe-with-trino';
import { createLineTables } from './line-tables';
import { Trino } from './trino';

const address = 'ana@example.com';
const others = ['bo@example.com', 'joana@example.com', 'ana@example.com.au'];

interface Made {
  kind?: 'Send' | 'Open' | 'Bounce';
  time?: string;
  to?: readonly string[];
  more?: object;
}

/** An event of a message, as a line. */
function line(
  messageId: string,
  { kind = 'Send', time = '2026-08-01T10:00:00.000Z', to = [address], more = {} }: Made = {},
): string {
  const blocks = {
    Send: { send: {} },
    Open: { open: { timestamp: time, ipAddress: '192.0.2.7', userAgent: 'Reader/1.0' } },
    Bounce: {
      bounce: {
        timestamp: time,
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: to.map((emailAddress) => ({ emailAddress })),
        feedbackId: messageId,
      },
    },
  };
  const mail = {
    timestamp: time,
    messageId,
    source: 'news@shop.example',
    destination: to,
    commonHeaders: { from: ['news@shop.example'], to, subject: `To ${to[0]}` },
    ...more,
  };
  return JSON.stringify({ eventType: kind, mail, ...blocks[kind] });
}

/** The address in texts, and other addresses. */
const spellings = [
  ...[
    'ana@example.com',
    'ANA@Example.COM',
    '<ana@example.com>',
    'Ana <ana@example.com>',
    '"Ana" <ana@example.com>',
  ],
  ...[
    'mailto:ana@example.com?x=1',
    'https://x.example/?e=ana@example.com&f=1',
    'a/ana@example.com',
    'x=ana@example.com',
  ],
  ...[
    'ana@example.com.',
    'ana@example.com, bo@example.com',
    "'ana@example.com'",
    'a\nana@example.com',
    'a\n\n\tana@example.com',
  ],
  ...[
    'é ana@example.com',
    'ana@example.com\u3002',
    '#ana@example.com',
    '`ana@example.com`',
    'ana@example.com;ana@example.com',
  ],
  ...[
    'joana@example.com',
    'éana@example.com',
    '$ana@example.com',
    'ana+news@example.com',
    'o.ana@example.com',
  ],
  ...[
    'ana@example.com.au',
    'ana@example.comé',
    'ana@example.com-x',
    'ana@example.com-',
    'ana@example.com%2Eau',
    'ana@mail.example.com',
  ],
  ...[
    '{ana@example.com',
    '{ana@example.com}',
    '%3Cana@example.com',
    'ana%40example.com',
    'bounces+ana=example.com@l.example',
  ],
  ...[
    'SRS0=h=tt=example.com=ana@l.example',

    '"a ana"@example.com',
    'ana @example.com',
    '@example.com',
  ],
  ...[
    `${'a'.repeat(70)}ana@example.com`,
    `${'a'.repeat(2000)}`,
    'ana@@example.com',
    "o'ana@example.com",
    '\\nana@example.com',
  ],
];

const encoded = Buffer.from(`to=${address}`).toString('base64');

/** The decompressed blocks of an Avro file. */
function avroText(file: Buffer): string {
  const sync = file.subarray(-16);
  let at = file.indexOf(sync) + sync.length;
  const texts: string[] = [];
  const long = () => {
    let [value, shift, byte] = [0, 1, 0x80];
    for (; byte >= 0x80; shift *= 128) {
      byte = file[at++] ?? 0;
      value += (byte % 128) * shift;
    }
    return value / 2; // positive numbers are even
  };
  while (at < file.length) {
    long(); // the number of items
    const size = long();
    texts.push(inflateRawSync(file.subarray(at, at + size)).toString('latin1'));
    at += size + sync.length;
  }
  return texts.join('\n');
}

/** The lines of two days of arrival. */
const lines: Readonly<Record<string, readonly string[]>> = {
  '2026-08-01': [
    line('alone'),
    line('alone', { kind: 'Open' }),
    line('several', { to: [others[0] ?? '', 'Ana <ANA@Example.com>'] }),
    line('bounced', { kind: 'Bounce' }),
    line('no time', { time: 'yesterday', kind: 'Open' }),
    line('in a token', { to: others.slice(0, 1), more: { tags: { token: [encoded] } } }),
    line('exact bytes', { more: { tags: { n: ['\u0000'] } } }),
    line('others', { to: others }),
  ],
  '2026-08-02': [
    line('later', { time: '2026-08-02T10:00:00.000Z', to: ['Ana Maria <ana@example.com>'] }),
    line('later', { time: '2026-08-02T11:00:00.000Z', kind: 'Open' }),
    line('later in a token', { time: '2026-08-02T12:00:00.000Z', more: { tags: { token: [encoded] } } }),
    line('later, others', { time: '2026-08-02T10:00:00.000Z', to: others }),
    line('quoted', {
      time: '2026-08-02T13:00:00.000Z',
      to: others,
      more: { source: '"a\nana@example.com" <x@y.example>' },
    }),
  ],
};

describeWithTrino('erasing from the Iceberg archive', () => {
  const environment = { ...process.env };
  let folder = '';
  let trino: Trino | undefined;
  let athena: AthenaOnTrino | undefined;
  let running: AthenaEngine | undefined;

  const engine = () => {
    if (running === undefined) throw new Error('the engine was not started');
    return running;
  };
  const run = async (sql: string) => void (await engine().query(sql));
  const rowsOf = async (sql: string) => (await trino?.query(sql))?.rows ?? [];
  const objects = () => join(folder, 'objects');

  function writeLines(): void {
    for (const [day, texts] of Object.entries(lines)) {
      const hour = join(objects(), 'events', `dt=${day}`, 'hour=10');
      mkdirSync(hour, { recursive: true });
      writeFileSync(
        join(hour, `email-events-1-${day}-10-00-00-00000000-0000-4000-8000-000000000000`),
        `${texts.join('\n')}\n`,
      );
    }
    mkdirSync(join(objects(), 'errors'), { recursive: true });
  }

  /** Merges a day, and returns the number of changed events. */
  async function merge(day: string): Promise<number> {
    const days = { first: day, last: day };
    const changed = [await mergeDays(engine(), days, 'around'), await mergeDays(engine(), days, 'other')];
    return changed.reduce<number>((sum, events) => sum + (events ?? 0), 0);
  }

  const columns = `event_id, event_type, CAST(event_time AS timestamp(3)) AS event_time, message_id, json_format(CAST(destination AS json)) AS destination,
    subject, ip_address, tags, extra, to_base64(raw) AS raw, json_format(CAST(map_entries(places) AS json)) AS places`;
  const archived = () => rowsOf(`SELECT ${columns} FROM ${archiveTables.events} ORDER BY event_id`);
  const delivered = () =>
    rowsOf(`SELECT ${columns} FROM (${deliveriesFromLines(lineTables)}) deliveries ORDER BY event_id`);

  async function forget(options: CatalogErasureOptions & { remove?: boolean } = {}) {
    const { remove = false, ...how } = options;
    return forgetInCatalog(engine(), address, await soughtInCatalog(engine(), address, remove), how);
  }

  /** Whether a text of the archive mentions the person. */
  const mentions = (rows: readonly unknown[]) => {
    const text = JSON.stringify(rows);
    return [/(?<![\w.])ana@example\.com(?!\.au)/i, new RegExp(encoded)].filter((pattern) =>
      pattern.test(text),
    );
  };

  /** All texts in the files of the tables: values in data, bounds of values in manifests, and metadata. */
  async function textsOfFiles(): Promise<string> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const files = readdirSync(join(folder, 'metastore'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const texts: string[] = [];
    for (const file of files) {
      if (file.endsWith('.avro')) texts.push(avroText(readFileSync(file)));
      if (!file.endsWith('.parquet')) {
        texts.push(readFileSync(file, 'latin1'));
        continue;
      }
      const reader = await connection.runAndReadAll(
        `SELECT to_json(t)::VARCHAR AS row FROM read_parquet('${file}') t`,
      );
      texts.push(...reader.getRows().map(([row]) => String(row)));
    }
    connection.closeSync();
    return texts.join('\n');
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ses-events-erasing-'));
    mkdirSync(join(folder, 'metastore'));
    writeLines();
    trino = await Trino.start(folder);
    await createLineTables(trino, 'objects');
    athena = await AthenaOnTrino.start(trino);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
    const { endpoint } = athena;
    running = await athenaEngine({ workgroup: 'any', database: 'ses', region: 'eu-west-1', endpoint });
  });

  afterAll(async () => {
    process.env = environment;
    running?.close();
    await athena?.close();
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('requires an archive', async () => {
    await expect(soughtInCatalog(engine(), address, false)).rejects.toThrow(
      /the catalog has no table archive_tombstones/,
    );
  });

  describe('with the lines of a day', () => {
    beforeAll(async () => {
      for (const table of icebergTables) await run(createTable(table, 's3://bucket/archive/'));
      await merge('2026-08-01');
    });

    it('finds the events in a dry run, and changes nothing', async () => {
      const before = await archived();
      expect(before).toHaveLength(8);
      expect(await forget({ isDryRun: true })).toMatchObject({
        isDryRun: true,
        eventsChanged: 7,
        eventsRemoved: 0,
        eventsRejected: 0,
      });
      expect(await archived()).toEqual(before);
      expect(await rowsOf(`SELECT * FROM ${archiveTables.tombstones}`)).toEqual([]);
      expect(mentions([await textsOfFiles()])).toHaveLength(2);
    });

    it('replaces the address in all events, and keeps the others', async () => {
      const before = await archived();
      const report = await forget();
      expect(report).toMatchObject({
        isDryRun: false,
        eventsChanged: 7,
        eventsRemoved: 0,
        eventsRejected: 0,
      });
      expect(report.objects).toEqual([expect.stringMatching(/dt=2026-08-01/)]);
      const after = await archived();
      expect(after.map(([id]) => id)).toEqual(before.map(([id]) => id));
      expect(after.map((row) => row.at(-1))).toEqual(before.map((row) => row.at(-1)));
      expect(mentions(after)).toEqual([]);
      const ofOthers = (rows: typeof after) => rows.filter((row) => row[3] === 'others');
      expect(ofOthers(after)).toEqual(ofOthers(before));
      const alone = after.find((row) => row[3] === 'alone' && row[1] === 'Open');
      expect(alone?.slice(4, 7)).toEqual([`["${report.pseudonym}"]`, null, null]);
    });

    it('leaves no file with the person', async () => {
      const texts = await textsOfFiles();
      expect(texts).toContain('joana@example.com');
      expect(mentions([texts])).toEqual([]);
    });

    it('changes nothing when it runs again', async () => {
      const before = await archived();
      expect(await forget()).toMatchObject({ eventsChanged: 0, eventsRemoved: 0, eventsRejected: 0 });
      expect(await archived()).toEqual(before);
    });

    it('does not restore the person when the day is merged again', async () => {
      const before = await archived();
      expect(await merge('2026-08-01')).toBe(0);
      expect(await archived()).toEqual(before);
    });

    it('replaces the address in later merges, and the rest with --again', async () => {
      await merge('2026-08-02');
      const merged = (await archived()).filter((row) => /^later|^quoted/.test(String(row[3])));
      expect(merged).toHaveLength(5);
      expect(mentions(merged).map(String)).toEqual([String(new RegExp(encoded))]);
      expect(JSON.stringify(merged)).toMatch(/joana@example\.com.*ana@example\.com\.au/);
      expect(await forgetAgainInCatalog(engine())).toMatchObject({ eventsChanged: 3, eventsRemoved: 0 });
      expect(mentions(await archived())).toEqual([]);
      await run(recordWindows(literalDays({ first: '2026-08-01', last: '2026-08-02' })));
      expect(
        await rowsOf(`SELECT CAST(arrival_day AS varchar) FROM ${archiveTables.windows} ORDER BY 1`),
      ).toEqual([['2026-08-01'], ['2026-08-02']]);
    });

    it('replaces only what the exact search of an erasure replaces', async () => {
      const { tombstones } = await soughtInCatalog(engine(), address, false);
      const erasure = new Erasure(tombstones);
      const texts = spellings.map((spelling) =>
        JSON.stringify({ mail: { destination: ['bo@example.com'] }, x: `x ${spelling} y` }),
      );
      const values = texts.map((text) => `(${sqlText(text)}, MAP(ARRAY['o'], ARRAY[1]))`).join(', ');
      const found = await rowsOf(
        `SELECT line FROM (${withoutErased(`SELECT * FROM (VALUES ${values}) AS given (line, places)`)}) erased`,
      );
      const left = found.map(([text]) => String(text));
      const exactly = (list: readonly string[]) =>
        list.map((text) => erasure.bytes(Buffer.from(text)).toString()).sort();
      expect(exactly(left)).toEqual(exactly(texts));
      const plain = left.filter((text) => !text.includes(tombstones.people[0]?.pseudonym ?? ''));
      expect(plain.length).toBeGreaterThan(15);
      expect(left.length - plain.length).toBeGreaterThan(10);
    });

    it('has the events of rewritten objects once, also when their days are merged again', async () => {
      const { tombstones, tombstone } = await soughtInCatalog(engine(), address, false);
      const path = join(folder, 'erasure.ndjson');
      await forgetObjectsOf({ tombstones, pseudonym: tombstone.pseudonym }, [objects()], { manifest: path });
      const { newIds } = new Manifest(path);
      expect(newIds.size).toBe(11);
      await forget({ newIds });
      const before = await archived();
      const identity = (rows: typeof before) => rows.map(([id, , , messageId]) => [id, messageId]);
      expect(identity(before)).toEqual(identity(await delivered()));
      expect([await merge('2026-08-01'), await merge('2026-08-02')]).toEqual([0, 0]);
      expect(await forget({ newIds })).toMatchObject({
        eventsChanged: 0,
        eventsRemoved: 0,
        eventsRejected: 0,
      });
      expect(await archived()).toEqual(before);
      const left = readdirSync(objects(), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expect(mentions(left)).toEqual([]);
    });
  });

  describe('with removal', () => {
    beforeAll(async () => {
      for (const table of Object.values(archiveTables)) await run(`DELETE FROM ${table}`);
      rmSync(objects(), { recursive: true });
      writeLines();
      await merge('2026-08-01');
    });

    it('deletes events about the person alone, and replaces the address in the others', async () => {
      expect(await forget({ remove: true })).toMatchObject({ eventsRemoved: 5, eventsChanged: 2 });
      const left = await archived();
      expect(left.map((row) => row[3]).sort()).toEqual(['in a token', 'others', 'several']);
      expect(mentions(left)).toEqual([]);
    });

    it('adds no address when the day is merged again, and deletes the events with --again', async () => {
      expect(await merge('2026-08-01')).toBe(5);
      expect(mentions(await archived())).toEqual([]);
      expect(await forgetAgainInCatalog(engine())).toMatchObject({ eventsRemoved: 5, eventsChanged: 0 });
      expect(await archived()).toHaveLength(3);
    });
  });

  describe('stopped at each statement', () => {
    beforeAll(async () => {
      for (const table of Object.values(archiveTables)) await run(`DELETE FROM ${table}`);
      await merge('2026-08-01');
    });

    it('is completed by the same call', async () => {
      let stops = 0;
      for (let isStopped = true; isStopped; stops++) {
        let statements = 0;
        const stopping: AthenaEngine = {
          ...engine(),
          query(sql, signal) {
            if (statements++ === stops) throw new Error('stopped');
            return engine().query(sql, signal);
          },
        };
        try {
          await forgetInCatalog(stopping, address, await soughtInCatalog(stopping, address, false));
          isStopped = false;
        } catch (error) {
          expect(String(error)).toBe('Error: stopped');
        }
      }
      expect(stops).toBeGreaterThan(5);
      const left = await archived();
      expect(left).toHaveLength(8);
      expect(mentions([left, await textsOfFiles()])).toEqual([]);
    });

    it('is what the command does, with the objects', async () => {
      const person = others[1] ?? '';
      const manifest = join(folder, 'command.ndjson');
      const place = ['--workgroup', 'any', '--database', 'ses', '--region', 'eu-west-1'];
      const { code, stdout, stderr } = await runCommand(
        [
          'forget',
          person,
          '--engine',
          'athena',
          ...place,
          '--endpoint',
          athena?.endpoint ?? '',
          '--objects',
          objects(),
          '--manifest',
          manifest,
        ],
        { env: { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' } },
      );
      expect(stderr).toMatch(
        /^rewrote 2 objects with 3 records about the person, .*\narchive: changed 1 event, removed 0 events/,
      );
      expect(code).toBe(0);
      const { objects: ofObjects, archive } = JSON.parse(stdout);
      expect(archive).toMatchObject({ pseudonym: ofObjects.pseudonym, eventsChanged: 1 });
      const left = await archived();
      expect(JSON.stringify(left)).not.toContain(person);
      const ids = new Set((await delivered()).map(([id]) => id));
      expect(left.filter((row) => row[3] === 'others').every(([id]) => ids.has(id))).toBe(true);
    });
  });
});
