import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import type { Database } from '../../../consumer/archive/store/database';
import { storedViews } from '../../../consumer/archive/views/stored-views';
import { treatments } from '../../../consumer/mcp/masking/column-treatments';
import { addressOf, prepareMasked, pseudonymSalt } from '../../../consumer/mcp/masking/masked-views';
import { Masker, maskServerText, maskText } from '../../../consumer/mcp/masking/masker';
import { checkMaskedQuery } from '../../../consumer/mcp/masking/query-guard';
import { namedRequest } from '../../../consumer/queries/answers/ask';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { prepare } from '../../../consumer/queries/engines/session-views';
import { questions } from '../../../consumer/queries/questions/question';
import { ArchiveFolder } from '../../archive/archive-folder';
import { KeptArchive, keptVersions } from '../../archive/upgrade/kept-archive';
import { AskedArchive, type Row, rowsOf } from '../../queries/asked-archive';
import { MaskedArchive } from './masked-archive';

const archive = new AskedArchive();
const masked = new MaskedArchive(archive);

/** All parts of addresses in the archive before their `@`, in lower case. */
async function localParts(): Promise<string[]> {
  const rows = await archive.rows(`
    SELECT DISTINCT regexp_extract(address, '^(.*)@', 1) AS local FROM (
      SELECT address FROM recipients UNION ALL SELECT source_address FROM recipients
      UNION ALL SELECT lower(unnest(header_from || header_to || header_reply_to)) FROM events
    ) WHERE length(local) > 5`);
  return rows.map(({ local }) => String(local));
}

describe('masked views', () => {
  it('have the columns with a treatment, and hide other texts', async () => {
    const columns = await masked.database.rows<{ name: string; hidden: boolean }>(
      `SELECT plain.column_name AS name,
        bool_and(regexp_matches(view.sql, 'CAST[(]NULL AS VARCHAR(\\[\\])?[)] AS "?' || plain.column_name || '"?[ ,]')) AS hidden
      FROM duckdb_columns() plain
      JOIN duckdb_views() view ON view.view_name = plain.table_name AND view.schema_name = 'masked'
      WHERE plain.schema_name = 'unmasked' AND plain.data_type LIKE 'VARCHAR%'
      GROUP BY name`,
    );
    const names = columns.map(({ name }) => name);
    expect([...treatments.keys()].filter((name) => !names.includes(name))).toEqual([
      'first_recipient',
      'raw',
    ]);
    const hidden = columns.filter((column) => column.hidden).map(({ name }) => name);
    expect(hidden).toEqual(expect.arrayContaining(['headers', 'header_from', 'ip_address', 'extra']));
    expect(names.filter((name) => !treatments.has(name) && !hidden.includes(name))).toEqual([]);
  });

  it.each(storedViews.map(({ name }) => name))(
    '%s has the columns and the number of rows of the unmasked view',
    async (view) => {
      const shape = async (database: Database, place: string) => [
        await database.count(place),
        await database.rows(`SELECT column_name, column_type FROM (DESCRIBE ${place})`),
      ];
      const { database } = masked;
      expect(await shape(database, view)).toEqual(await shape(database, `ses_events.main.${view}`));
    },
  );

  it.each(storedViews.map(({ name }) => name))(
    '%s contains no address and no local part of the archive',
    async (view) => {
      const locals = await localParts();
      expect(locals.length).toBeGreaterThan(100);
      const text = (await masked.database.rows(`SELECT to_json(v) AS row FROM ${view} v`))
        .map(({ row }) => String(row).toLowerCase())
        .join('\n');
      const words = new Set(text.split(/[^\p{L}\p{N}._+-]+/u));
      expect(locals.filter((local) => words.has(local))).toEqual([]);
      const before = [...text.matchAll(/@/g)].map(({ index }) => text.slice(Math.max(0, index - 23), index));
      expect(before.filter((part) => !/(?:^|[\s"<>:,[\]{}()\\]|person-[\da-f]{16})$/.test(part))).toEqual([]);
    },
  );

  it.each(questions().map(({ name }) => name))('the question %s has the same numbers', async (name) => {
    const numbers = (rows: readonly Row[]) =>
      rows
        .map((row) => JSON.stringify(Object.values(row).filter((value) => typeof value !== 'string')))
        .sort();
    const { sql } = namedRequest(name, {}).archive();
    const maskedRows = await rowsOf(masked.engine, sql);
    const rows = await archive.rows(sql);
    // A text that is hidden is NULL.
    const withoutNames = rows.map((row) => ('source_name' in row ? { ...row, source_name: null } : row));
    expect(numbers(maskedRows)).toEqual(numbers(withoutNames));
  });

  it('mask texts as Masker does', async () => {
    const { database } = masked;
    const masker = new Masker(await pseudonymSalt(database));
    const text = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.tuple(fc.emailAddress(), fc.string({ unit: 'grapheme-ascii' })).map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const [row] = await database.rows(
          `SELECT memory.unmasked.mask_text($1::VARCHAR) AS text, memory.unmasked.mask_mailbox($1::VARCHAR) AS mailbox,
              memory.unmasked.mask_subject($1::VARCHAR) AS subject,
              memory.unmasked.mask_server_text('at ' || $1::VARCHAR, [$1::VARCHAR]) AS server`,
          [given],
        );
        expect(row).toEqual({
          text: maskText(given),
          mailbox: masker.mailbox(given),
          subject: masker.subject(given),
          server: maskServerText(`at ${given}`, [given]),
        });
      }),
    );
  });

  it('mask a name that begins with another name', async () => {
    const [row] = await masked.database.rows(
      "SELECT memory.unmasked.mask_server_text('to annabel', ['ann.annabel.anna@example.com']) AS text",
    );
    expect(row).toEqual({ text: 'to [masked]' });
    expect(maskServerText('to annabel', ['ann.annabel.anna@example.com'])).toBe('to [masked]');
  });

  it.each([
    ['https://shop.example/a/b?token=x#y', /^https:\/\/shop\.example\/a\/b\?query-[\da-f]{16}$/],
    ['https://shop.example/a', /^https:\/\/shop\.example\/a$/],
    ['https://shop.example/u/ana%40example.com', /^https:\/\/shop\.example\/\[masked\]%40example\.com$/],
    ['mailto:ana@example.com', /^mailto:\[masked\]@example\.com$/],
    ['https://ana@shop.example/', /^https:\/\/\[masked\]@shop\.example\/$/],
    ['https://ana:secret@shop.example/', /^https:\/\/\[masked\]@shop\.example\/$/],
  ])('mask the link %s', async (link, expected) => {
    const [row] = await masked.database.rows('SELECT memory.unmasked.mask_link($1::VARCHAR) AS link', [link]);
    expect(row?.link).toMatch(expected);
  });

  it('have nothing of an address that a function could find', async () => {
    const [found] = await archive.rows('SELECT address FROM recipients WHERE length(address) > 20 LIMIT 1');
    const local = String(found?.address).split('@')[0] ?? '';
    const attempts = [
      `SELECT count(*) AS n FROM recipients WHERE address LIKE '${local}%'`,
      `SELECT count(*) AS n FROM recipients WHERE reverse(address) LIKE '%${[...local].reverse().join('')}'`,
      `SELECT count(*) AS n FROM recipients WHERE md5(address) = md5('${local}@${String(found?.address).split('@')[1]}')`,
      `SELECT count(*) AS n FROM recipients WHERE base64(encode(address)) LIKE base64(encode('${local.slice(0, 6)}')) || '%'`,
      `SELECT count(*) AS n FROM sends WHERE array_to_string(destination, ',') ILIKE '%${local}%'`,
      `SELECT count(*) AS n FROM (SELECT string_agg(recipient, '') AS all_of_them FROM recipients) WHERE contains(all_of_them, '${local}')`,
    ];
    for (const sql of attempts) {
      const rows = await rowsOf(masked.engine, sql);
      expect([sql, rows]).toEqual([sql, [{ n: 0 }]]);
    }
  });
});

describe('an archive of an earlier version', () => {
  it.each(keptVersions())('%s has masked views, and its file is unchanged', async (version) => {
    const folder = new ArchiveFolder();
    writeFileSync(folder.archive, new KeptArchive(version).file);
    const before = readFileSync(folder.archive);
    const [unmasked, hidden] = await Promise.all(
      [prepare, prepareMasked].map((prepareViews) =>
        readArchive(folder.archive, { wait: 0 }, async (database) => {
          const engine = await archiveEngine(database, { prepareViews });
          return rowsOf(
            engine,
            'SELECT address, count(*) AS n FROM recipients GROUP BY address ORDER BY n DESC',
          );
        }),
      ),
    );
    expect(hidden?.map(({ n }) => n)).toEqual(unmasked?.map(({ n }) => n));
    const addresses = hidden?.flatMap(({ address }) => address ?? []) ?? [];
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) expect(address).toMatch(/^person-[\da-f]{16}(?:@|$)/);
    expect(readFileSync(folder.archive).equals(before)).toBe(true);
  });

  it('does not find its completed tables in a masked query', async () => {
    const folder = new ArchiveFolder();
    writeFileSync(folder.archive, new KeptArchive(keptVersions()[0] ?? '').file);
    await readArchive(folder.archive, { wait: 0 }, async (database) => {
      for (const table of ['event_rows', 'rejects', 'temp.event_rows'])
        await expect(checkMaskedQuery(database, `FROM ${table}`)).rejects.toThrow(/cannot read/);
    });
  });
});

describe('addressOf', () => {
  it('returns the address of each pseudonym, and undefined for others', async () => {
    const rows = await archive.rows(
      'SELECT DISTINCT address FROM recipients WHERE address IS NOT NULL LIMIT 20',
    );
    await readArchive(archive.path, { wait: 0 }, async (database) => {
      await archiveEngine(database);
      const masker = new Masker(await pseudonymSalt(database));
      for (const { address } of rows)
        expect(await addressOf(database, masker.mailbox(String(address)))).toBe(address);
      expect(await addressOf(database, masker.mailbox('nobody@example.com'))).toBeUndefined();
    });
  });
});
