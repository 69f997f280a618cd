import { join } from 'node:path';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { packageFolder } from './compiled-command';
import { sendText } from './records';
import { hasTerminals, runOnTerminal, startOnTerminal } from './run-on-terminal';
import { ScratchFolder } from './scratch-folder';
import { unsafe } from './unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = 'Re: \u007f\u009b2J\u202egpj.exe';
const shown = 'Re: \\u007f\\u009b2J\\u202egpj.exe';
const kept = `${sendText('kept', { source: hostile }).slice(0, -1)},\t"x":1e400}`;

(hasTerminals ? describe : describe.skip)(
  'control characters of records and names on a terminal are escaped',
  () => {
    beforeAll(async () => {
      const bytes = Buffer.from(`${hostile}\u001b[2J\n${sendText('a', { source: hostile })}\n${kept}\n`);
      const object = scratch.write('\u001b[31mred/a', bytes);
      scratch.write('\u001b[31mred/b', bytes);
      await ingest([object, scratch.at('\u001b[31mred/b')], { archive, workers: 0 });
    });

    it.each([
      ['rejects', [], '│ not-json '],
      ['rejects', ['--duplicates'], '│ dropped at '],
      ['rejects', ['--format', 'ndjson'], `"raw":"${shown}`],
      ['rejects', ['--format', 'csv'], 'not-json,'],
      ['export', ['--format', 'ndjson'], shown],
      ['export', ['--format', 'ndjson', '--raw'], shown],
      ['export', ['--format', 'csv'], shown],
    ])('by %s %j', async (command, args, expected) => {
      const { code, shown: text } = await runOnTerminal([command, '--archive', archive, ...args]);
      expect(text).toContain(expected);
      if (command === 'rejects') expect(text).toContain('\\u001b[31mred');
      for (const line of text.split(/\r*\n/)) expect(line).not.toMatch(unsafe);
      expect(code).toBe(0);
    });
  },
);

(hasTerminals ? describe : describe.skip)('on a terminal the progress is shown', () => {
  const objects = scratch.write('objects/a', `${sendText('a')}\nno record\n`);
  const progressed = scratch.at('progressed.duckdb');
  const hidesCursor = '\u001b[?25l';

  beforeAll(() => ingest(objects, { archive: progressed, workers: 0 }));

  it.each([
    ['of a listing', ['ingest', objects], 'listing  0 objects'],
    ['of an export into a file', ['export', '-f', 'csv', '-o', scratch.at('a.csv')], 'events written'],
    [
      'of an export into a folder',
      ['export', '-f', 'parquet', '-o', scratch.at('parquet')],
      'events written',
    ],
    ['of a replay', ['rejects', '--replay'], '1 rejects parsed'],
  ])('%s, unless CI or --no-progress is set', async (_, args, expected) => {
    const command = [...args, '--archive', progressed];
    const again = args.includes('export') ? ['--overwrite'] : [];
    const seen = await runOnTerminal(command);
    expect(seen.shown).toContain(expected);
    expect(seen.shown).toContain(hidesCursor);
    const unseen = [
      await runOnTerminal([...command, ...again], { CI: 'true' }),
      await runOnTerminal([...command, ...again, '--no-progress']),
    ];
    for (const { shown } of unseen) expect(shown).not.toContain('\u001b');
  });

  it('of each listing while a folder is followed, above the earlier results', async () => {
    const archived = scratch.at('followed.duckdb');
    const child = startOnTerminal(['ingest', objects, '--follow', '--every', '1', '--archive', archived]);
    let seen = '';
    for await (const part of child.stdout.setEncoding('utf8')) {
      seen += part;
      // The second listing, after the result of the first one.
      if (/: 1 new event, .*listing /s.test(seen)) break;
    }
    child.kill();
    expect(seen).toContain(hidesCursor);
    expect(seen).toMatch(/listing {2}\d objects?.*\] 0\/1 objects.*: 1 new event, /s);
  });

  it('but not with the events themselves', async () => {
    const { shown } = await runOnTerminal(['export', '-f', 'csv', '--archive', progressed]);
    expect(shown).toContain('1 event');
    expect(shown).not.toContain('\u001b');
  });
});

(hasTerminals ? it : it.skip)('a terminal shows the progress of forget, except with CI', async () => {
  const people = scratch.at('people.duckdb');
  await ingest(scratch.write('people', `${sendText('a')}\n${sendText('b')}\n`), {
    archive: people,
    workers: 0,
  });
  const { shown: bar } = await runOnTerminal(['forget', 'jo@example.com', '--archive', people]);
  expect(bar).toMatch(/\[.+\] 0 of 2 events examined/);
  expect(bar).toMatch(/\] compacting the file/);
  const { shown: onCi } = await runOnTerminal(['forget', 'bo@example.com', '--archive', people], {
    CI: 'true',
  });
  expect(onCi).not.toContain('\u001b');
  expect(onCi).not.toMatch(/looked at|compacting/);
});

(hasTerminals ? it : it.skip)('a terminal shows verdicts in color, except with NO_COLOR', async () => {
  const sample = scratch.at('sample.duckdb');
  await ingest(join(packageFolder, 'examples/sample-archive'), { archive: sample, workers: 0 });
  const health = ['ask', 'health', '--archive', sample];
  const { shown } = await runOnTerminal(health, { TERM: 'xterm-256color' });
  expect(shown).toMatch(/│ bounce_verdict +│ \S+ok\S+ +│ /);
  expect(shown).toContain('\u001b[32mok\u001b[39m');
  expect(shown).toContain('\u001b[33mreview\u001b[39m');
  const plain = await runOnTerminal(health, { TERM: 'xterm-256color', NO_COLOR: '1' });
  expect(plain.shown).toMatch(/│ bounce_verdict +│ ok +│ /);
  expect(plain.shown).not.toContain('\u001b');
});
