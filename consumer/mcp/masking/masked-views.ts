import { duckdb } from '../../archive/dialects/duckdb';
import { sqlText } from '../../archive/dialects/literals';
import type { Database } from '../../archive/store/database';
import { mailboxAddress } from '../../archive/views/mailbox';
import { sessionUniqueEvents, storedViews, twinTables } from '../../archive/views/stored-views';
import { maskedPart, patterns } from '../../texts/address-patterns';
import { type Treatment, treatmentOf } from './column-treatments';
import { digits, hashPrefix } from './masker';

/** The schema for the unmasked views and the macros. A masked query cannot name it. */
const place = 'memory.unmasked';

/** The schema for the masked views: the only one in which names of a masked query are searched. */
const maskedPlace = 'memory.masked';

/** Replaces all matches in a text, as SQL. */
const replaced = (text: string, pattern: string, by: string) =>
  `regexp_replace(${text}, ${sqlText(pattern)}, ${sqlText(by)}, 'g')`;

/** The pseudonym of a value, as SQL. It equals that of `Masker`. */
const pseudonym = (salt: string, kind: string, value: string) =>
  `'${kind}-' || substr(sha256(${sqlText(hashPrefix(salt))} || ${value}), 1, ${digits})`;

/** The pseudonym of an address in lower case, as SQL. */
function personSql(salt: string, address: string): string {
  const domain = `regexp_extract(${duckdb.afterLast(address, '@')}, ${sqlText(patterns.host)})`;
  return `${pseudonym(salt, 'person', address)} || CASE WHEN strpos(${address}, '@') > 0 THEN '@' || ${domain} ELSE '' END`;
}

/** The statements that create the macros of the treatments. */
function macros(salt: string): string {
  const { encodedWord, linkUser, quotedLocal, address, host, origin, nameWord } = patterns;
  const links = replaced(replaced('t', encodedWord, maskedPart), linkUser, `://${maskedPart}@`);
  const text = replaced(
    replaced(links, `(?s)${quotedLocal}`, `${maskedPart}@`),
    address,
    String.raw`${maskedPart}\2`,
  );
  const link = "split_part(split_part(t, '?', 1), '#', 1)";
  const definitions = {
    'mask_text(t)': text,
    'mask_host(t)': `regexp_extract(t, ${sqlText(host)})`,
    'mask_address(t)': personSql(salt, 't'),
    'mask_mailbox(t)': `${place}.mask_address(${mailboxAddress(duckdb, 't')})`,
    'mask_mailboxes(t)': `list_transform(t, lambda item: ${place}.mask_mailbox(item))`,
    'mask_subject(t)': pseudonym(salt, 'subject', 't'),
    // The query remains distinct, because a question counts the variants of a link.
    'mask_link(t)': `regexp_extract(${link}, ${sqlText(origin)}) || ${place}.mask_text(substr(${link}, length(regexp_extract(${link}, ${sqlText(origin)})) + 1)) ||
      CASE WHEN length(t) > length(${link}) THEN ${pseudonym(salt, '?query', 't')} ELSE '' END`,
    'name_words(boxes)': `list_reverse_sort(list_distinct(flatten(list_transform(boxes, lambda box:
      regexp_extract_all(lower(regexp_extract(box, '(?s)^(.*)@', 1)), ${sqlText(nameWord)})))))`,
    'mask_names(t, words)': `CASE WHEN len(list_filter(words, lambda word: contains(lower(t), word))) > 0
      THEN regexp_replace(t, '(?i)' || array_to_string(words, '|'), ${sqlText(maskedPart)}, 'g') ELSE t END`,
    'mask_server_text(t, boxes)': `${place}.mask_names(${place}.mask_text(t), ${place}.name_words(boxes))`,
  };
  return Object.entries(definitions)
    .map(([head, body]) => `CREATE MACRO ${place}.${head} AS ${body};`)
    .join('\n');
}

/** A column of a view, with its type in DuckDB. */
type ViewColumn = Readonly<Record<'view' | 'name' | 'type', string>>;

/** The masked value of a text column, as SQL. */
const maskedValue: Readonly<Record<Exclude<Treatment, 'plain' | 'hidden' | 'server_text'>, string>> = {
  text: 'mask_text',
  host: 'mask_host',
  mailbox: 'mask_mailbox',
  mailboxes: 'mask_mailboxes',
  subject: 'mask_subject',
  link: 'mask_link',
};

/** The mailboxes of a row whose names a server can quote, as SQL. */
function mailboxesOf(names: readonly string[]): string {
  if (names.includes('recipient')) return '[recipient]';
  return names.includes('destination') ? 'destination' : 'CAST([] AS VARCHAR[])';
}

/** Returns a column of a masked view, as SQL. Numbers, times and truth values are unchanged. */
function maskedColumn({ name, type }: ViewColumn, names: readonly string[]): string {
  const treatment = treatmentOf(name);
  if (/^(BIGINT|INTEGER|UBIGINT|HUGEINT|DOUBLE|BOOLEAN|TIMESTAMP|DATE)/.test(type) || treatment === 'plain')
    return `"${name}"`;
  if (treatment === 'hidden') return `CAST(NULL AS ${type}) AS "${name}"`;
  if (treatment === 'server_text')
    return `${place}.mask_server_text("${name}", ${mailboxesOf(names)}) AS "${name}"`;
  if (type === 'VARCHAR[]' && treatment === 'text')
    return `list_transform("${name}", lambda item: ${place}.mask_text(item)) AS "${name}"`;
  return `${place}.${maskedValue[treatment]}("${name}") AS "${name}"`;
}

/** Returns the salt of the pseudonyms of an archive. */
async function pseudonymSalt(database: Database): Promise<string> {
  const [row] = await database.rows<{ salt: string }>('SELECT salt FROM ses_events.main.archive');
  return row?.salt ?? '';
}

/** The tables that the views read. */
const tables = ['event_rows', 'objects', 'occurrences'];

/** Returns the names of the session's views, which an archive of an earlier version has. */
async function temporaryViews(database: Database): Promise<Set<string>> {
  const views = await database.rows<{ name: string }>(
    'SELECT view_name AS name FROM duckdb_views() WHERE temporary AND NOT internal',
  );
  return new Set(views.map(({ name }) => name));
}

/**
 * Prepares the views of a session with masked personal data: each view has its usual name and columns. Its rows are
 * computed from unmasked values, so that counts and joins are the same, and masked at the end. Names of tables and of
 * unmasked views are not found afterwards. Nothing is written to the archive.
 */
async function prepareMasked(database: Database): Promise<void> {
  const salt = await pseudonymSalt(database);
  const temporary = await temporaryViews(database);
  // Names are searched in the session first, so its views would hide the masked ones.
  const hiding = storedViews.filter(({ name }) => temporary.has(name));
  const unmasked = storedViews.map(({ name, sql }) => {
    const query = name === 'unique_events' ? sessionUniqueEvents : sql(duckdb);
    return `CREATE VIEW ${place}.${name} AS ${query};`;
  });
  await database.run(
    [
      twinTables,
      ...hiding.map(({ name }) => `DROP VIEW temp.main.${name};`),
      `CREATE SCHEMA ${place};`,
      `CREATE SCHEMA ${maskedPlace};`,
      ...tables.map(
        (name) =>
          `CREATE VIEW ${place}.${name} AS FROM ${temporary.has(name) ? 'temp' : 'ses_events'}.main.${name};`,
      ),
      `SET search_path = '${place}';`,
      ...unmasked,
      macros(salt),
    ].join('\n'),
  );
  const columns = await database.rows<ViewColumn>(
    `SELECT table_name AS view, column_name AS name, data_type AS type FROM duckdb_columns()
    WHERE database_name = 'memory' AND schema_name = 'unmasked' ORDER BY view, column_index`,
  );
  const masked = storedViews.map((view) => {
    const own = columns.filter((column) => column.view === view.name);
    const names = own.map(({ name }) => name);
    const list = own.map((column) => maskedColumn(column, names)).join(', ');
    return `CREATE VIEW ${maskedPlace}.${view.name} AS SELECT ${list} FROM ${place}.${view.name};`;
  });
  await database.run(`${masked.join('\n')}\nSET search_path = '${maskedPlace}';`);
}

/** Returns the address of a pseudonym; undefined when the archive has no such person. */
async function addressOf(database: Database, person: string): Promise<string | undefined> {
  const salt = await pseudonymSalt(database);
  const [row] = await database.rows<{ address: string }>(
    `SELECT DISTINCT address FROM recipients WHERE address IS NOT NULL AND ${personSql(salt, 'address')} = $1 LIMIT 1`,
    [person],
  );
  return row?.address;
}

export { addressOf, prepareMasked, pseudonymSalt };
