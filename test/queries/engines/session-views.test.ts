import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { openDatabase } from '../../../consumer/archive/file/open';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import type { Database } from '../../../consumer/archive/store/database';
import { forget } from '../../../consumer/queries';
import { type ArchiveEngine, archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { createViews } from '../../../consumer/queries/engines/session-views';
import type { Limit, ParameterValues, Period } from '../../../consumer/queries/questions/parameters';
import { type Question, questionSql, questions } from '../../../consumer/queries/questions/question';
import { runs } from '../../property-runs';
import { AskedArchive, rowsOf } from '../asked-archive';

const archive = new AskedArchive();

/** Names of the views that a session has created. */
async function sessionViews(path: string): Promise<string[]> {
  return readArchive(path, {}, async (database) => {
    const engine = await archiveEngine(database);
    const names = await rowsOf(
      engine,
      'SELECT view_name FROM duckdb_views() WHERE NOT internal AND temporary',
    );
    return names.map(({ view_name: name }) => String(name)).sort();
  });
}

/** A copy of the archive after a change of its file with DuckDB only. */
async function changedCopy(name: string, statements: string): Promise<string> {
  const path = join(archive.folder, `${name}.duckdb`);
  copyFileSync(archive.path, path);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(statements);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const health = questions().filter(({ name }) => name === 'health');
const healthOf = (path: string) =>
  readArchive(path, {}, async (database) => {
    const engine = await archiveEngine(database);
    const answers = health.map((question) => rowsOf(engine, questionSql(question, {}, engine.dialect)));
    return Promise.all(answers);
  });

describe('the views of a session', () => {
  it('are those of the file, and the faster one of unique events', async () => {
    expect(await sessionViews(archive.path)).toEqual(['unique_events']);
  });

  it('are those of the file after it was compacted', async () => {
    const path = await changedCopy('compacted', 'SELECT 1');
    await forget('nobody@a.example', { archive: path });
    expect(await sessionViews(path)).toEqual(['unique_events']);
  });

  it.each([
    ['removed', 'DROP VIEW recipients', ['recipients']],
    ['replaced', 'CREATE OR REPLACE VIEW recipients AS SELECT 1 AS mine', ['recipients']],
    [
      'replaced by tables',
      'DROP VIEW recipients; CREATE TABLE recipients AS SELECT 1 AS mine',
      ['recipients'],
    ],
    ['renamed', 'ALTER VIEW emails RENAME TO mine; ALTER VIEW opens RENAME TO emails', ['emails', 'opens']],
  ])('replace views of the file that another program %s', async (kind, statements, names) => {
    const path = await changedCopy(kind, statements);
    expect(await sessionViews(path)).toEqual([...names, 'unique_events']);
    expect(await healthOf(path)).toEqual(await healthOf(archive.path));
  });

  it('are listed once', async () => {
    const listed = await archive.rows('SHOW TABLES');
    const names = listed.map(({ name }) => name).filter((name) => name !== 'unique_events');
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(['messages', 'emails', 'bounces', 'rejects', 'objects']));
  });
});

describe('every question', () => {
  let database: Database;
  let engine: ArchiveEngine;
  beforeAll(async () => {
    database = await openDatabase(archive.path, { readOnly: true });
    await database.run(createViews);
    engine = await archiveEngine(database);
  });
  afterAll(() => database.close());

  async function expectAgreement(question: Question, values: ParameterValues): Promise<void> {
    const sql = questionSql(question, values, engine.dialect);
    expect(await archive.rows(sql)).toEqual(await rowsOf(engine, sql));
  }

  const time = fc.date({ min: new Date('2026-06-01'), max: new Date('2026-10-01'), noInvalidDate: true });
  const values = fc.record(
    {
      since: time,
      until: time,
      configurationSet: fc.constantFrom('marketing', 'transactional', 'nope'),
      domain: fc.constantFrom('example.com', 'example.net', 'nope.example'),
      tag: fc.constantFrom({ name: 'campaign', value: 'welcome' }, { name: 'nope', value: '' }),
      tagName: fc.constantFrom('campaign', 'nope'),
      by: fc.constantFrom<Period>('day', 'week', 'month'),
      timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
      limit: fc.constantFrom<Limit>(0, 1, 10, 'all'),
    },
    { requiredKeys: [] },
  );

  it.each(questions().map((question) => [question.name, question] as const))(
    '%s has the same answer as with all views created for the session',
    (_, question) => expectAgreement(question, {}),
  );

  it('with any parameters has the same answer as with all views created for the session', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...questions()), values, (question, given) => {
        const taken = Object.entries(given).filter(([name]) =>
          question.parameters.some((parameter) => parameter === name),
        );
        return expectAgreement(question, Object.fromEntries(taken));
      }),
      { numRuns: runs(200) },
    );
  });
});
