import { correctedCall } from '../../consumer/cli/options/corrected-call';
import {
  inOrder,
  insertBefore,
  renameAll,
  renameOption,
  replaceOption,
  replaceWord,
} from '../../consumer/cli/process/correction';
import { run } from './run-command';

describe('a usage error', () => {
  it.each<[wrong: string, args: string[], corrected: string]>([
    [
      'an option of Athena',
      ['ask', 'health', '--workgroup', 'w'],
      'ask health --engine athena --workgroup w',
    ],
    [
      'an option of Athena with another engine',
      ['ask', 'health', '--engine', 'duckdb', '--workgroup=w'],
      'ask health --engine athena --workgroup=w',
    ],
    [
      'values that require quotes',
      ['query', "SELECT 'a b'", '--look-ahead', '1'],
      "query 'SELECT '\\''a b'\\''' --engine athena --look-ahead 1",
    ],
    ['an unknown option', ['ask', 'health', '--sinse', '2026-03-01'], 'ask health --since 2026-03-01'],
    ['an unknown command', ['reed', 'x'], 'read x'],
    ['an unknown subcommand', ['policy', 'trsut'], 'policy trust'],
    ['an unknown question', ['ask', 'helth', '--limit', '1'], 'ask health --limit 1'],
    ['an unknown view', ['query', '--columns=mesages'], 'query --columns=messages'],
    ['unknown kinds', ['read', 'x', '--kind', 'bonce,open'], 'read x --kind Bounce,Open'],
    ['an unknown choice', ['read', 'x', '--format', 'cvs'], 'read x --format csv'],
    ['an option that the question does not take', ['ask', 'kinds', '--domain', 'x'], 'ask kinds'],
    ['--from without --send', ['doctor', 'a', '--from', 'b@c.example'], 'doctor a --send --from b@c.example'],
    ['--every without --follow', ['ingest', 'x', '--every', '5'], 'ingest x --follow --every 5'],
    ['--raw with another format', ['export', '-f', 'csv', '--raw'], 'export --format ndjson --raw'],
    ['doctor --configuration-set', ['doctor', '--configuration-set', 'a', '--send'], 'doctor a --send'],
    ['sample --out and --force', ['sample', '--out', 'x', '--force'], 'sample --output x --overwrite'],
    ['sample --force', ['sample', '-o', 'x', '--force'], 'sample -o x --overwrite'],
  ])('for %s ends with the corrected command', async (_, args, corrected) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toMatch(/^error: /);
    expect(stderr.split('\n').at(-2)).toBe(`try: ses-events ${corrected}`);
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each<[wrong: string, args: string[]]>([
    ['an unknown option that is like no other', ['read', 'x', '--zzzzzzzzzzzz']],
    ['an unknown question that is like no other', ['ask', 'zzzzzzzzz']],
    ['an unknown kind that is like no other', ['read', 'x', '--kind', 'zzzzzzzzz']],
    ['a missing value', ['export', '--format', 'parquet']],
    ['an invalid time', ['ask', 'health', '--since', 'noon']],
    ['an empty time range', ['ask', 'health', '--since', '2026-01-01', '--until', '2026-01-01']],
    ['an option that occurs twice', ['ask', 'health', '--workgroup', 'a', '--workgroup', 'b']],
    ['a control character', ['query', 'SELECT 1\n', '--look-ahead', '1']],
    ['a failure', ['ask', 'health', '--archive', '/nowhere']],
  ])('for %s shows no command, because the correct one is unknown', async (_, args) => {
    const { stderr } = await run(args);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('try: ');
  });
});

describe('a correction', () => {
  const args = ['a', '--b', 'c', '--d=e'];

  it.each([
    ['replaces a word', replaceWord('c', 'x'), ['a', '--b', 'x', '--d=e']],
    ['replaces the value of an option', replaceWord('e', 'x'), ['a', '--b', 'c', '--d=x']],
    ['renames an option', renameOption('--d', '--x'), ['a', '--b', 'c', '--x=e']],
    [
      'renames the options that it finds',
      renameAll([
        ['--b', '--x'],
        ['--z', '--y'],
      ]),
      ['a', '--x', 'c', '--d=e'],
    ],
    ['inserts before an option', insertBefore('--d', 'x', 'y'), ['a', '--b', 'c', 'x', 'y', '--d=e']],
    ['removes an option with its value', replaceOption('--b'), ['a', '--d=e']],
    ['replaces an option by its value', replaceOption('--d', (value) => [value]), ['a', '--b', 'c', 'e']],
    [
      'applies several in order',
      inOrder(replaceOption('--b'), insertBefore('--d', 'x')),
      ['a', 'x', '--d=e'],
    ],
    ['is unknown without a value', replaceOption('--d=e'), undefined],
    ['is unknown without the option', insertBefore('--z', 'x'), undefined],
    ['is unknown if one of several is', inOrder(replaceOption('--z'), insertBefore('--d', 'x')), undefined],
  ])('%s', (_, correct, expected) => {
    expect(correct(args)).toEqual(expected);
  });

  it('is quoted for the shell, and empty with control characters', () => {
    expect(correctedCall(() => ['ask', "it's"], [])).toBe("try: ses-events ask 'it'\\''s'\n");
    expect(correctedCall(() => ['ask', '\u001b[2J'], [])).toBe('');
    expect(correctedCall(undefined, ['ask'])).toBe('');
  });
});
