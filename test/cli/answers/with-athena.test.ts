import { athenaDryRun, unreadableNote, withAthena } from '../../../consumer/cli/answers/with-athena';
import type { EngineCliOptions } from '../../../consumer/cli/options/engine-options';
import { interruption, listenForInterruption } from '../../../consumer/cli/process/interruption';
import { questionStatements } from '../../../consumer/queries/engines/athena/statements';
import { questions } from '../../../consumer/queries/questions/question';
import { AthenaFixture, allRows } from '../../queries/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/athena/fake-athena';

const fixture = new AthenaFixture();

/** What is written to standard error. */
let told = '';
beforeEach(() => {
  told = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

const options = (): EngineCliOptions => ({
  engine: 'athena',
  workgroup: 'email-events',
  database: 'email_events',
  endpoint: fixture.athena.endpoint,
  progress: true,
});

const gibibyte = 2 ** 30;

describe('asking Athena', () => {
  it('hands on what it gave, and tells what it scanned', async () => {
    const pages = pagesOf([['a', 'bigint']], [['1']]);
    fixture.athena.script = () => ({ states: succeeded(1.2 * gibibyte), pages });
    const rows: unknown[] = [];
    await withAthena(
      options(),
      (engine) => engine.query('SELECT 1'),
      async (result) => void rows.push(...(await allRows(result))),
    );
    expect(rows).toEqual([[1]]);
    expect(told).toBe('scanned 1.2 GiB, about 0.01 USD at 5 USD per TB\n');
  });

  it('tells on a terminal how far it is, until the answer is there', async () => {
    const { isTTY } = process.stderr;
    const { CI } = process.env;
    process.stderr.isTTY = true;
    delete process.env.CI;
    try {
      fixture.athena.script = () => ({ states: succeeded(gibibyte), pages: pagesOf([['a', 'bigint']], []) });
      await withAthena(
        options(),
        (engine) => engine.query('SELECT 1'),
        async () => {
          told += 'the answer';
        },
      );
    } finally {
      process.stderr.isTTY = isTTY;
      if (CI !== undefined) process.env.CI = CI;
    }
    expect(told).toMatch(/^.*athena: starting {2}0 B scanned.*the answerscanned 1.0 GiB, /s);
    expect(told.split('the answer')[1]).not.toContain('athena: ');
  });

  it('that fails tells what was scanned, at the price that was given', async () => {
    const write = jest.fn();
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED' } }] });
    const asked = withAthena(
      { ...options(), pricePerTerabyte: 6.75 },
      (engine) => engine.query('SELECT 1'),
      write,
    );
    await expect(asked).rejects.toThrow('the query failed');
    expect(write).not.toHaveBeenCalled();
    expect(told).toBe('scanned 0 B, about 0.00 USD at 6.75 USD per TB\n');
  });

  it('that sent nothing tells of no cost', async () => {
    const nothing = async () => {};
    await withAthena(options(), nothing, nothing);
    expect(told).toBe('');
  });

  it('that the user stops is stopped in Athena and ends quietly', async () => {
    fixture.athena.script = () => ({ states: [{ Status: { State: 'RUNNING' } }] });
    listenForInterruption();
    const write = jest.fn();
    const asked = withAthena(options(), (engine) => engine.query('SELECT 1'), write);
    while (fixture.athena.inputs('GetQueryExecution').length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    process.emit('SIGINT');
    process.exitCode = undefined; // it was set for the command, and this is a test
    await asked;
    expect(interruption.requested).toBe(true);
    expect(fixture.athena.inputs('StopQueryExecution')).toHaveLength(1);
    expect(write).not.toHaveBeenCalled();
    expect(told).toContain('stopped\nscanned 0 B, less than 0.01 USD');
  });
});

describe('what is said beside an answer', () => {
  it('is how many lines were not readable', () => {
    expect(unreadableNote({ lines: 0, objects: 0 })).toBe('');
    expect(unreadableNote({ lines: 1200, objects: 1 })).toBe(
      '1,200 lines in 1 object not readable by Athena (docs/athena.md)',
    );
  });

  it('is, of a dry run, the SQL of both statements', () => {
    const [question] = questions();
    if (question === undefined) throw new Error('there are no questions');
    const sql = athenaDryRun(
      questionStatements(question, { since: new Date('2026-03-02T00:00:00Z') }, { lookAhead: 1 }),
    );
    expect(sql).toMatch(/^-- the answer\nWITH events AS \(/);
    expect(sql).toContain("event_lines WHERE dt >= '2026-03-01'");
    expect(sql).toMatch(/;\n\n-- what it cannot take into account\nWITH unreadable_lines AS \(/);
    expect(sql).toMatch(/FROM unreadable_lines;\n$/);
  });
});
