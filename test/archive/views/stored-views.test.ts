import { DuckDBInstance } from '@duckdb/node-api';
import { openDatabase } from '../../../consumer/archive/file/open';
import { storedViews } from '../../../consumer/archive/views/stored-views';
import { forget, readArchive } from '../../../consumer/queries';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { csvRecords } from '../../cli/csv-records';
import { run } from '../../cli/run-command';
import { rowsOf } from '../../queries/asked-archive';
import { smallObjects } from '../../queries/small-archive';
import { ArchiveFolder } from '../archive-folder';

const names = storedViews.map(({ name }) => name);
const objects = smallObjects();

async function smallArchive(): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  await folder.ingest({ source: objects });
  return folder;
}

/** Rows of queries in DuckDB without ses-events, with the file attached under some name. */
async function inDuckdb<Result>(
  path: string,
  work: (rows: (sql: string) => Promise<readonly (readonly unknown[])[]>) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(path, path === ':memory:' ? {} : { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const viewNames = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name <> 'temp'";

/** The rows of each view of a file that is opened with DuckDB only. */
function plainContents(path: string) {
  return inDuckdb(path, async (rows) => {
    const contents = new Map<string, readonly unknown[]>();
    for (const name of names) contents.set(name, await rows(`FROM ${name} ORDER BY ALL`));
    return contents;
  });
}

describe('the file of an archive, opened with DuckDB only', () => {
  let folder: ArchiveFolder;
  beforeAll(async () => {
    folder = await smallArchive();
  });

  it('has every view of the queries, and no other', async () => {
    const found = await inDuckdb(folder.archive, (rows) => rows(viewNames));
    expect(found.map(([name]) => name).sort()).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['messages', 'recipients', 'bounces', 'events']));
  });

  it('has the same number of rows in each as ses-events query', async () => {
    const counts = names
      .map((name) => `SELECT '${name}' AS view, count(*) AS rows FROM ${name}`)
      .join(' UNION ALL ');
    const { stdout } = await run(['query', `${counts} ORDER BY view`, '-f', 'csv', '-a', folder.archive]);
    const asked = csvRecords(stdout).slice(1);
    expect(asked.map(([name]) => name)).toEqual([...names].sort());
    await inDuckdb(folder.archive, async (rows) => {
      for (const [name, count] of asked)
        expect([name, await rows(`SELECT count(*) FROM ${name}`)]).toEqual([name, [[count]]]);
    });
  });

  it('has the same rows in each as the views of a session, without legacy twins', async () => {
    const contents = await plainContents(folder.archive);
    await readArchive(folder.archive, {}, async (database) => {
      const engine = await archiveEngine(database);
      for (const name of names) {
        const { columns } = await engine.query(`FROM ${name}`);
        const described = await inDuckdb(folder.archive, (rows) => rows(`DESCRIBE ${name}`));
        expect([name, columns.map((column) => [column.name, column.type])]).toEqual([
          name,
          described.map(([column, type]) => [column, type]),
        ]);
      }
    });
    const count = (name: string) => contents.get(name)?.length;
    expect(count('feedback_twins')).toBe(1);
    expect(count('events')).toBe((count('unique_events') ?? 0) + 1);
    for (const name of ['messages', 'recipients', 'bounces', 'opens', 'event_tags', 'arrivals', 'duplicates'])
      expect([name, count(name)]).not.toEqual([name, 0]);
  });

  it('answers every question as ses-events does', async () => {
    await readArchive(folder.archive, {}, async (database) => {
      const engine = await archiveEngine(database);
      const asked = questions().map(
        (question) => [question.name, questionSql(question, {}, engine.dialect)] as const,
      );
      const answers = new Map<string, number>(); // of values, whose forms differ
      for (const [name, sql] of asked) answers.set(name, (await rowsOf(engine, sql)).length);
      await inDuckdb(folder.archive, async (rows) => {
        for (const [name, sql] of asked)
          expect([name, (await rows(sql)).length]).toEqual([name, answers.get(name)]);
      });
    });
  });

  it('has them when it is attached under any name', async () => {
    await inDuckdb(':memory:', async (rows) => {
      await rows(`ATTACH '${folder.archive}' AS mail (READ_ONLY)`);
      for (const name of names) await rows(`FROM mail.${name} LIMIT 1`);
    });
  });

  it('has them after it was compacted', async () => {
    const compacted = await smallArchive();
    await forget('bo@a.example', { archive: compacted.archive });
    expect((await plainContents(compacted.archive)).size).toBe(names.length);
  });
});

describe('the views of a file from another version', () => {
  /** An archive with another view `opens` and an additional view, both in its layout. */
  async function otherArchive(): Promise<ArchiveFolder> {
    const folder = await smallArchive();
    await folder.run(`
      CREATE OR REPLACE VIEW opens AS SELECT 1 AS nothing;
      CREATE VIEW former AS SELECT 2 AS nothing;
      CREATE VIEW of_a_person AS SELECT message_id FROM events;
      UPDATE archive SET layout = json_merge_patch(layout, '{"views":{"opens":"0","former":"0"}}')::VARCHAR`);
    return folder;
  }

  it("are created again when it is opened for writing; the user's own views remain", async () => {
    const folder = await otherArchive();
    (await openDatabase(folder.archive)).close();
    await inDuckdb(folder.archive, async (rows) => {
      expect((await rows('DESCRIBE opens')).length).toBeGreaterThan(10);
      const found = await rows(viewNames);
      expect(found.map(([name]) => name).sort()).toEqual([...names, 'of_a_person'].sort());
    });
  });

  it('have the definitions of this version, and the new views', async () => {
    const folder = await smallArchive();
    await folder.run(`
      DROP VIEW emails;
      CREATE OR REPLACE VIEW messages AS SELECT message_id, 'bounced' AS status, 1 AS permanent_bounces FROM events;
      UPDATE archive SET layout = json_merge_patch(layout, '{"views":{"messages":"0","emails":null}}')::VARCHAR`);
    (await openDatabase(folder.archive)).close();
    await inDuckdb(folder.archive, async (rows) => {
      expect(await rows("SELECT status, bounce_events FROM messages WHERE message_id = 'm8'")).toEqual([
        ['suppressed', '1'],
      ]);
      expect(await rows("SELECT bounced, suppressed FROM emails WHERE address = 'ian@a.example'")).toEqual([
        [false, true],
      ]);
    });
  });

  it.each([
    ['table', 'CREATE TABLE messages AS SELECT 1 AS mine'],
    ['view', 'CREATE VIEW messages AS SELECT 1 AS mine'],
  ])('do not replace a %s of the user', async (kind, statement) => {
    const folder = await smallArchive();
    const database = await openDatabase(folder.archive);
    await database.run(`DROP VIEW messages; ${statement}; UPDATE archive SET layout = NULL`);
    for (const name of names.filter((view) => !['messages', 'events', 'duplicates'].includes(view)))
      await database.run(`DROP VIEW ${name}`);
    database.close();
    await expect(folder.ingest({ source: objects })).rejects.toThrow(
      /has a table or view messages that ses-events did not create.*ALTER TABLE messages RENAME TO my_messages/,
    );
    expect(await folder.rows('SELECT mine FROM ses_events.messages')).toEqual([{ mine: 1 }]);
    const own = await DuckDBInstance.create(folder.archive);
    const connection = await own.connect();
    await connection.run(`ALTER ${kind} messages RENAME TO my_messages`);
    connection.closeSync();
    own.closeSync();
    expect(await folder.ingest({ source: objects })).toMatchObject({ newEvents: 0 });
    expect(await folder.rows('SELECT mine FROM my_messages')).toEqual([{ mine: 1 }]);
    expect(await folder.rows('SELECT message_id FROM messages')).toHaveLength(8);
  });

  it('are those of this version for a reader, and remain unchanged in the file', async () => {
    const folder = await otherArchive();
    expect(await folder.rows('SELECT message_id FROM opens')).not.toEqual([]);
    await inDuckdb(folder.archive, async (rows) => expect(await rows('FROM opens')).toEqual([[1]]));
  });
});
