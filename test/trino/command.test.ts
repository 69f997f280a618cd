import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { run } from '../cli/run-process';
import { McpClient } from '../mcp/mcp-client';
import { AthenaOnTrino } from './athena-on-trino';
import { describeWithTrino } from './describe-with-trino';
import { createLineTables } from './line-tables';
import { copyReadable } from './readable-lines';
import { Trino } from './trino';

const sample = join(__dirname, '..', '..', 'examples', 'sample-archive');

/** The time range of the commands. Their outputs from both engines are compared as text. */
const window = ['--since', '2026-08-05', '--until', '2026-08-06T12:00Z'];

describeWithTrino('the command with Athena, and with an archive of the readable lines', () => {
  let folder = '';
  let archive = '';
  let unreadable = 0;
  let trino: Trino | undefined;
  let athena: AthenaOnTrino | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ses-events-command-'));
    mkdirSync(join(folder, 'metastore'));
    cpSync(sample, join(folder, 'objects'), { recursive: true });
    unreadable = copyReadable(join(folder, 'objects'), join(folder, 'readable'));
    archive = join(folder, 'archive.duckdb');
    await ingest(join(folder, 'readable'), { archive });
    trino = await Trino.start(folder);
    // No views: every statement contains its views.
    await createLineTables(trino, 'objects');
    athena = await AthenaOnTrino.start(trino);
  });

  afterAll(async () => {
    await athena?.close();
    await trino?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const athenaOptions = () => [
    ...['--engine', 'athena', '--workgroup', 'any', '--database', 'ses', '--region', 'eu-west-1'],
    ...['--endpoint', athena?.endpoint ?? ''],
  ];
  const onAthena = (...args: string[]) => run([...args, ...athenaOptions()]);
  const onArchive = (...args: string[]) => run([...args, '--archive', archive]);
  const assistant = (...args: string[]) => McpClient.start([...args, '--with-personal-data']);

  /** Runs a command on both, expects the same output, and returns it. */
  async function same(...args: string[]): Promise<string> {
    const [theirs, ours] = [await onAthena(...args), await onArchive(...args)];
    expect(theirs.stderr).not.toContain('error');
    expect([theirs.code, theirs.stdout]).toEqual([0, ours.stdout]);
    return ours.stdout;
  }

  /** Returns the message of an event of a kind, and a recipient. */
  async function messageOf(kind: string): Promise<{ message_id: string; address: string }> {
    const sql =
      'SELECT message_id, address FROM recipients WHERE event_type = $kind ORDER BY message_id LIMIT 1';
    const { stdout } = await onArchive('query', sql, '-p', `kind=${kind}`);
    return JSON.parse(stdout);
  }

  it('mcp answers an assistant the same', async () => {
    const [theirs, ours] = [await assistant(...athenaOptions()), await assistant('--archive', archive)];
    try {
      const { message_id } = await messageOf('Bounce');
      const calls: readonly [string, Record<string, unknown>][] = [
        ['ask', { question: 'domains', since: '2026-08-05', until: '2026-08-06' }],
        ['find_messages', { status: 'bounced', limit: 5 }],
        ['query', { sql: "SELECT count(*) AS bounces FROM recipients WHERE event_type = 'Bounce'" }],
        ['trace', { of: message_id }],
      ];
      for (const [tool, args] of calls) {
        const [one, other] = [await theirs.call(tool, args), await ours.call(tool, args)];
        expect([tool, one.isError, one.text]).toEqual([tool, false, expect.stringContaining('data-')]);
        expect([tool, one.data.rows]).toEqual([tool, other.data.rows]);
        expect(one.data.rows).not.toEqual([]);
      }
    } finally {
      await Promise.all([theirs.close(), ours.close()]);
    }
  });

  /** The questions and kinds with an archive. Another suite asks all questions. */
  const archived = { asked: ['health'], traced: ['Bounce'] };
  /** The sources in the order of their tests: the archive exists only for the later one. */
  const sources: readonly {
    source: string;
    /** The last day of the archive. */
    filled?: string;
    asked: readonly string[];
    /** Kinds of events whose messages are traced. */
    traced: readonly string[];
  }[] = [
    {
      source: 'the lines, without an archive',
      asked: ['health', 'bounces', 'daily', 'suppression'],
      traced: ['Bounce', 'Complaint', 'Click'],
    },
    { source: 'an archive, and the lines of the newest days', filled: '2026-08-08', ...archived },
  ];
  describe.each(sources)('from $source', ({ filled, asked, traced }) => {
    beforeAll(async () => {
      if (filled === undefined) return;
      const days = ['--since', '2026-08-01', '--until', filled, '--location', 's3://bucket/archive/'];
      const { code, stderr } = await onAthena('compact', ...days);
      expect(stderr).toMatch(
        /^[1-9]\d* days? merged, [1-9][\d,]* events added or extended; [1-9]\d* days? complete/m,
      );
      expect(code).toBe(0);
    });

    it.each(asked)('ask %s', async (question) => {
      expect(await same('ask', question, ...window, '--format', 'csv')).toMatch(/\n./);
    });

    it('ask reports the number of unreadable lines', async () => {
      const { stderr } = await onAthena('ask', 'kinds');
      const [, lines] = /; Athena cannot read (\d+) lines in \d+ objects?: see /.exec(stderr) ?? [];
      expect(Number(lines)).toBeGreaterThan(0);
      expect(Number(lines)).toBeLessThanOrEqual(unreadable);
    });

    it('query with a parameter', async () => {
      const sql =
        'SELECT event_type, event_time, subject FROM events WHERE source = $source ORDER BY event_time, event_id LIMIT 1200';
      const { stdout } = await onArchive('query', 'SELECT min(source) AS source FROM events');
      const { source } = JSON.parse(stdout) as { source: string };
      const rows = await same('query', sql, '-p', `source=${source}`);
      expect(rows.split('\n').length).toBeGreaterThan(10);
    });

    it.each(traced)('trace the message of a %s, and its recipient', async (kind) => {
      const { message_id, address } = await messageOf(kind);
      expect(await same('trace', message_id)).toContain(`"event_type":"${kind}"`);
      if (address !== null) expect(await same('trace', address)).toContain(`"event_type":"${kind}"`);
    });

    it('find', async () => {
      expect(await same('find', '--status', 'bounced', ...window)).toMatch(/\n./);
    });
  });

  it.each([
    ['the lines', ['--source', 'lines']],
    ['an archive, and the lines of the newest days', []],
  ])('report has the same pictures and tables from %s', async (_, options) => {
    const pictures = async (command: typeof onArchive, ...more: readonly string[]) => {
      const { code, stdout } = await command('report', ...window, ...more);
      expect(code).toBe(0);
      // Athena does not count the events and rejects of an archive.
      return stdout.match(/<div class="tiles">[\s\S]*?<p class="note">|<figure>[\s\S]*?<\/figure>/g) ?? [];
    };
    const [theirs, ours] = [await pictures(onAthena, ...options), await pictures(onArchive)];
    expect(ours.length).toBeGreaterThan(15);
    expect(theirs).toEqual(ours);
  });

  it('reports the error of Trino for an invalid query', async () => {
    const { code, stderr } = await onAthena('query', 'SELECT no_such_column FROM events');
    expect(code).toBe(1);
    expect(stderr).toContain("Column 'no_such_column' cannot be resolved");
  });

  it('reads only the partitions of the time range', () => {
    const narrow = athena?.statements.filter((sql) =>
      sql.includes("dt >= '2026-08-04' AND dt <= '2026-08-09'"),
    );
    expect(narrow?.length).toBeGreaterThan(0);
  });
});
