import { readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sendText } from '../records';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

const destination = ['ana@example.com'];

/** Events whose texts look like a verdict, also with escapes of a color. */
const texts = [
  sendText('a', { source: 'danger', destination }),
  sendText('b', { source: '\u001b[31mdanger\u001b[39m <danger@example.com>', destination }),
  sendText('c', { source: 'ok', destination }),
];

const green = '\u001b[32mok\u001b[39m';
const health = ['ask', 'health', '-a', archive];
const color = { TERM: 'xterm' };

beforeAll(async () => {
  scratch.write('objects/a', texts.join('\n'));
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

describe('a verdict is colored', () => {
  it('in the table of a row on a terminal, and the word remains', async () => {
    const { shown } = await runOnTerminal(health, color);
    expect(shown.split(green)).toHaveLength(3);
    expect(shown.replaceAll(green, 'ok')).toMatch(/│ bounce_verdict +│ ok +│ /);
    expect(shown.replaceAll(green, 'ok')).not.toContain('\u001b');
  });

  it('in the table of a list', async () => {
    const { shown } = await runOnTerminal(
      ['ask', 'trend', '--by', 'day', '-a', archive, '--all-columns'],
      color,
    );
    expect(shown).toContain(green);
  });

  it('in a pipe with FORCE_COLOR', async () => {
    const { stdout } = await run([...health, '-f', 'table'], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain(green);
  });

  it.each([
    ['TERM', { TERM: 'dumb' }],
    ['NO_COLOR', { TERM: 'xterm', NO_COLOR: '1' }],
  ])('except with %s', async (_, env) => {
    const { shown } = await runOnTerminal(health, env);
    expect(shown).toMatch(/│ bounce_verdict +│ ok +│ /);
    expect(shown).not.toContain('\u001b');
  });
});

describe('no color is in', () => {
  it('a pipe', async () => {
    const { stdout } = await run([...health, '-f', 'table'], { env: { TERM: 'xterm' } });
    expect(stdout).not.toContain('\u001b');
  });

  it('a file, even with FORCE_COLOR', async () => {
    const output = scratch.at('health.txt');
    await runOnTerminal([...health, '-f', 'table', '-o', output], { ...color, FORCE_COLOR: '1' });
    const text = readFileSync(output, 'utf8');
    expect(text).toContain('│ ok ');
    expect(text).not.toContain('\u001b');
  });

  it.each(['csv', 'ndjson', 'json', 'markdown'])('%s on a terminal', async (format) => {
    const { shown } = await runOnTerminal([...health, '-f', format], { ...color, FORCE_COLOR: '1' });
    expect(shown).toContain('ok');
    expect(shown).not.toContain('\u001b');
  });

  it.each([
    ['texts of events', ['query', 'SELECT source, message_id FROM sends ORDER BY source']],
    ['a column of a query with the name of a verdict', ['query', "SELECT 'ok' AS bounce_verdict, 1 AS n"]],
    ['the answers about senders', ['ask', 'senders', '--all-columns']],
  ])('%s', async (_, args) => {
    const { code, shown } = await runOnTerminal([...args, '-a', archive], color);
    expect(shown).toMatch(/│ (ok|danger)|ok +│/);
    expect(shown).not.toContain('\u001b');
    expect(code).toBe(0);
  });
});
