import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { eventRows } from '../../../consumer/archive/export/event-rows';
import { recordLine } from '../../../consumer/archive/export/event-text';
import { currentLayoutText } from '../../../consumer/archive/file/layout';
import { openDatabase } from '../../../consumer/archive/file/open';
import { listRejects } from '../../../consumer/archive/rejects/list';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import { schemaVersion } from '../../../consumer/archive/store/schema';
import { forget, prune, readArchive } from '../../../consumer/queries';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { traced } from '../../../consumer/queries/trace/steps';
import { traceArchive } from '../../../consumer/queries/trace/trace-archive';
import { rowsOf } from '../../queries/asked-archive';
import type { S3Server } from '../../s3-server/s3-server';
import { ArchiveFolder } from '../archive-folder';
import { KeptArchive, keptSource, keptVersions } from './kept-archive';
import { rowsById } from './rows-by-id';

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The output of `export --format ndjson --raw`, each line in a form that is equal for equal records. */
function exported(folder: ArchiveFolder): Promise<string[]> {
  return readArchive(folder.archive, {}, async (database) => {
    const lines: string[] = [];
    for await (const row of eventRows(database)) {
      const line = recordLine(row);
      lines.push(exactForm(typeof line === 'string' ? line : Buffer.from(line).toString('utf8')));
    }
    return lines;
  });
}

/** The answers to all questions, by their names. */
function answers(folder: ArchiveFolder) {
  return readArchive(folder.archive, {}, async (database) => {
    const engine = await archiveEngine(database);
    const found = new Map<string, unknown>();
    for (const question of questions())
      found.set(question.name, await rowsOf(engine, questionSql(question, {}, engine.dialect)));
    return found;
  });
}

describe.each(keptVersions())('an archive written by version %s', (version) => {
  const kept = new KeptArchive(version);
  const folder = new ArchiveFolder();
  const fresh = new ArchiveFolder();
  let server: S3Server;
  const ingest = (into: ArchiveFolder) =>
    into.ingest({ source: keptSource, s3: { endpoint: server.endpoint } });

  beforeAll(async () => {
    server = await kept.serve();
    writeFileSync(folder.archive, kept.file);
    await ingest(fresh);
  });
  afterAll(() => server.close());

  it('can be read and queried, without a change to its bytes', async () => {
    const before = digest(folder.archive);
    const records = kept.records.map(exactForm);
    expect(records.length).toBeGreaterThan(300);
    expect(await exported(folder)).toEqual(records);
    expect(await answers(folder)).toEqual(await answers(fresh));
    await readArchive(folder.archive, {}, async (database) => {
      expect((await traceArchive(database, traced('ana@example.com'))).count).toBeGreaterThan(10);
      let rejects = 0;
      for await (const _ of listRejects(database)) rejects++;
      expect(rejects).toBeGreaterThan(30);
    });
    const { archive } = folder;
    expect((await forget('ana@example.com', { archive, dryRun: true })).eventsChanged).toBeGreaterThan(10);
    expect((await prune(new Date('2026-03-01'), { archive, dryRun: true })).events).toBeGreaterThan(10);
    expect(digest(folder.archive)).toBe(before);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });

  it('has the layout and the rows of this version after it is opened for writing', async () => {
    (await openDatabase(folder.archive)).close();
    expect(await folder.rows('SELECT schema_version, layout FROM archive')).toEqual([
      { schema_version: schemaVersion, layout: currentLayoutText },
    ]);
    const expected = await rowsById(fresh);
    const rows = await rowsById(folder);
    expect(rows.size).toBe(kept.records.length);
    for (const [id, row] of rows) expect(row).toEqual(expected.get(id));
    expect(await exported(folder)).toEqual(kept.records.map(exactForm));
    expect(await answers(folder)).toEqual(await answers(fresh));
  });

  it('finds nothing new in its own objects', async () => {
    const objects = (await folder.rows('FROM objects')).length;
    expect(objects).toBeGreaterThan(3);
    expect(await ingest(folder)).toMatchObject({ newEvents: 0, unchangedObjects: objects, failed: [] });
    expect(await exported(folder)).toEqual(kept.records.map(exactForm));
  });

  it('pins the layout of its schema version, which no later version can use for another layout', async () => {
    const other = new ArchiveFolder();
    writeFileSync(other.archive, kept.file);
    const [found] = await other.rows<{ schema_version: number; layout?: string }>('FROM archive');
    expect(found?.schema_version).toBeLessThanOrEqual(schemaVersion);
    if (found?.schema_version === schemaVersion) expect(found.layout).toBe(currentLayoutText);
  });
});
