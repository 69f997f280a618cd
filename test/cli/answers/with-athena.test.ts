import { unreadableNote } from '../../../consumer/cli/answers/answer-line';
import { athenaDryRun } from '../../../consumer/cli/answers/dry-run';
import { scanLine, withAthena } from '../../../consumer/cli/answers/with-athena';
import type { EngineCliOptions } from '../../../consumer/cli/options/engine-options';
import { CommandContext } from '../../../consumer/cli/process/context';
import { pageAddress } from '../../../consumer/pages/page-address';
import { questionStatements } from '../../../consumer/queries/engines/athena/statements';
import { questions } from '../../../consumer/queries/questions/question';
import { AthenaFixture, allRows } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { KeptOutput } from '../kept-output';

const fixture = new AthenaFixture();

let stderr = new KeptOutput();
let abort = new AbortController();
let context: CommandContext;
beforeEach(() => begin());

/** Begins a call of the command, on a terminal or with pipes. */
function begin(output = new KeptOutput()): void {
  stderr = output;
  abort = new AbortController();
  context = new CommandContext({
    stdin: process.stdin,
    stdout: new KeptOutput(),
    stderr,
    env: {},
    signal: abort.signal,
  });
}

const options = (): EngineCliOptions => ({
  engine: 'athena',
  workgroup: 'email-events',
  database: 'email_events',
  endpoint: fixture.athena.endpoint,
  progress: true,
});

const gibibyte = 2 ** 30;

describe('a query on Athena', () => {
  it('returns the result, and reports the bytes scanned', async () => {
    const pages = pagesOf([['a', 'bigint']], [['1']]);
    fixture.athena.script = () => ({ states: succeeded(1.2 * gibibyte), pages });
    const rows: unknown[] = [];
    await withAthena(
      context,
      options(),
      (engine) => engine.query('SELECT 1'),
      async (result) => void rows.push(...(await allRows(result))),
    );
    expect(rows).toEqual([[1]]);
    expect(stderr.text).toBe('scanned 1.2 GiB, about 0.01 USD at 5 USD per TB\n');
  });

  it('shows its progress on a terminal until the answer arrives', async () => {
    begin(new KeptOutput({ isTerminal: true }));
    fixture.athena.script = () => ({ states: succeeded(gibibyte), pages: pagesOf([['a', 'bigint']], []) });
    await withAthena(
      context,
      options(),
      (engine) => engine.query('SELECT 1'),
      async () => {
        stderr.write('the answer');
      },
    );
    expect(stderr.text).toMatch(/^.*athena: starting {2}0 B scanned.*the answerscanned 1.0 GiB, /s);
    expect(stderr.text.split('the answer')[1]).not.toContain('athena: ');
  });

  it('that fails reports the bytes scanned, at the price of the options', async () => {
    const write = jest.fn();
    fixture.athena.script = () => ({ states: [{ Status: { State: 'FAILED' } }] });
    const asked = withAthena(
      context,
      { ...options(), pricePerTerabyte: 6.75 },
      (engine) => engine.query('SELECT 1'),
      write,
    );
    await expect(asked).rejects.toThrow('the query failed');
    expect(write).not.toHaveBeenCalled();
    expect(stderr.text).toBe('scanned 0 B, about 0.00 USD at 6.75 USD per TB\n');
  });

  it('that sent nothing reports no cost', async () => {
    const nothing = async () => {};
    await withAthena(context, options(), nothing, nothing);
    expect(stderr.text).toBe('');
  });

  it('that the user interrupts is stopped in Athena, without an error', async () => {
    fixture.athena.script = () => ({ states: [{ Status: { State: 'RUNNING' } }] });
    const write = jest.fn();
    const asked = withAthena(context, options(), (engine) => engine.query('SELECT 1'), write);
    while (fixture.athena.inputs('GetQueryExecution').length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort();
    await asked;
    expect(context.exitCode).toBe(130);
    expect(fixture.athena.inputs('StopQueryExecution')).toHaveLength(1);
    expect(write).not.toHaveBeenCalled();
    expect(stderr.text).toContain('stopped\nscanned 0 B, less than 0.01 USD');
  });
});

describe('the texts beside an answer', () => {
  it('contain the number of unreadable lines', () => {
    expect(unreadableNote({ lines: 0, objects: 0 })).toBe('');
    expect(unreadableNote({ lines: 1200, objects: 1 })).toBe(
      `Athena cannot read 1,200 lines in 1 object: see ${pageAddress('athena', 'what-athena-cannot-read')}`,
    );
  });

  it('contain the SQL of both statements in a dry run', () => {
    const [question] = questions();
    if (question === undefined) throw new Error('there are no questions');
    const sql = athenaDryRun(
      questionStatements(
        question,
        { since: new Date('2026-03-02T00:00:00Z') },
        { source: 'lines' },
        { lookAhead: 1 },
      ),
    );
    expect(sql).toMatch(/^-- Answer\nWITH events AS \(/);
    expect(sql).toContain("event_lines WHERE dt >= '2026-03-01'");
    expect(sql).toMatch(/;\n\n-- Count of the lines that Athena cannot read\nSELECT coalesce/);
    expect(sql).toMatch(/\) counts;\n$/);
  });
});

describe('the line with the bytes scanned and the cost', () => {
  it.each<[bytes: number[], price: number, line: string]>([
    [[1.2 * gibibyte], 5, 'scanned 1.2 GiB, about 0.01 USD at 5 USD per TB'],
    [[300 * gibibyte, 100 * gibibyte], 6.75, 'scanned 400.0 GiB, about 2.64 USD at 6.75 USD per TB'],
    [[12], 5, 'scanned 12 B, less than 0.01 USD at 5 USD per TB'],
    [[gibibyte], 0, 'scanned 1.0 GiB, about 0.00 USD at 0 USD per TB'],
  ])('%j bytes at %d USD: %s', (bytes, price, line) => {
    const executions = bytes.map((scannedBytes) => ({ state: 'SUCCEEDED' as const, scannedBytes }));
    expect(scanLine(executions, price)).toBe(line);
  });
});
