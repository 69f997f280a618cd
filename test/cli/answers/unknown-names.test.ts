import { existsSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { closestNames } from '../../../consumer/queries/questions/closest-name';
import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { unsafe } from '../unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = scratch.at('hostile.duckdb');

let messages = 0;

/** A Send to an address, with tags. */
function send(address: string, set: string, tags: Readonly<Record<string, string>> = {}): string {
  const listed = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  const mail = { destination: [address], tags: { 'ses:configuration-set': [set], ...listed } };
  return `${sendText(`m${++messages}`, mail)}\n`;
}

const strange = 'a\nerror: all is well\u001b[2J\u202e';

beforeAll(async () => {
  const lines = [
    send('ana@example.com', 'marketing', { campaign: 'welcome', user: 'ana' }),
    send('bo@example.com', 'marketing', { campaign: 'welcome', user: 'bo' }),
    send('cy@example.net', 'transactional', { campaign: 'spring' }),
    send('di@example.net', 'transactional', { campaign: 'spring' }),
    send('me@me.example', 'transactional'),
  ];
  scratch.write('objects/a', lines.join(''));
  await ingest(scratch.at('objects'), { archive, workers: 0 });
  const sets = Array.from({ length: 12 }, (_, index) => send('ana@example.com', `set-${index + 10}`));
  scratch.write('hostile/a', [...sets, send('ana@example.com', strange)].join(''));
  await ingest(scratch.at('hostile'), { archive: hostile, workers: 0 });
});

const ask = (...args: string[]) => run(['ask', ...args, '--archive', archive]);

describe('a name that nothing in the archive has', () => {
  it.each([
    [
      ['--configuration-set', 'transactionl'],
      'there is no configuration set "transactionl" in this archive; there are: transactional, marketing',
    ],
    [
      ['--domain', 'exampel.net'],
      'there is no recipient domain "exampel.net" in this archive; the closest are: example.net, example.com; ses-events ask domains lists all',
    ],
    [
      ['--tag', 'campain=welcome'],
      'there is no message tag "campain" in this archive; there are: campaign, user, ses:configuration-set',
    ],
    [
      ['--tag', 'campaign=sprin'],
      'there is no value "sprin" of the message tag "campaign" in this archive; there are: spring, welcome',
    ],
  ])('%j is said, with those that there are', async (args, message) => {
    const question = args[0] === '--domain' ? 'domains' : 'health';
    const { code, stdout, stderr } = await ask(question, ...args);
    expect([code, stdout, stderr]).toEqual([1, '', `error: ${message}\n`]);
  });

  it('is an error of a list too', async () => {
    const { code, stdout, stderr } = await ask('bounces', '--configuration-set', 'nope');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('there is no configuration set "nope"');
  });

  it('is said of the one of two filters that is unknown', async () => {
    const { code, stderr } = await ask('daily', '--configuration-set', 'marketing', '--domain', 'nope');
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no recipient domain "nope"')]);
  });

  it.each(['table', 'csv', 'json', 'ndjson', 'parquet'])('leaves no file of %s', async (format) => {
    const output = scratch.at(`none.${format}`);
    for (const question of ['health', 'complaints']) {
      const { code } = await ask(question, '--configuration-set', 'nope', '-f', format, '-o', output);
      expect([code, existsSync(output)]).toEqual([1, false]);
    }
  });

  it('is an error of suppress too', async () => {
    const output = scratch.at('suppress.csv');
    const args = ['suppress', '--archive', archive, '--configuration-set', 'nope', '--output', output];
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout, existsSync(output)]).toEqual([1, '', false]);
    expect(stderr).toContain('there is no configuration set "nope" in this archive; there are: ');
  });

  it('names no value that a single recipient has: it may be a person', async () => {
    const [user, domain] = await Promise.all([
      ask('health', '--tag', 'user=anna'),
      ask('bounces', '--domain', 'me.exampl'),
    ]);
    expect(user.stderr).toMatch(
      /no value "anna" of the message tag "user" in this archive; ses-events query /,
    );
    expect(domain.stderr).toMatch(
      /the closest are: example\.com, example\.net; ses-events ask domains lists all\n$/,
    );
  });

  it('names ten at most, the closest first, and says where all are', async () => {
    const { stderr } = await run(['ask', 'health', '-a', hostile, '--configuration-set', 'set-211']);
    const [, listed = ''] =
      /the closest are: (.*); ses-events ask configuration-sets lists all\n$/.exec(stderr) ?? [];
    expect(listed.split(', ')).toHaveLength(10);
    expect(listed).toMatch(/^set-(21|11), /);
  });

  it('obeys nothing that it quotes', async () => {
    const { stderr } = await run(['ask', 'health', '-a', hostile, '--configuration-set', `${strange}!`]);
    expect(stderr).toContain('the closest are: "a\\nerror: all is well\\u001b[2J\\u202e", set-');
    for (const line of stderr.trimEnd().split('\n')) expect(line).not.toMatch(unsafe);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a name that something has', () => {
  it.each([
    ['health', ['--configuration-set', 'marketing', '--since', '2100-01-01']],
    ['senders', ['--configuration-set', 'marketing', '--domain', 'example.net']],
    ['daily', ['--domain', 'ME.example', '--until', '2000-01-01']],
    ['health', ['--tag', 'user=ana', '--since', '2100-01-01']],
    ['bounces', ['--domain', 'example.com']],
    ['complaints', ['--tag', 'campaign=spring']],
    ['statuses', ['--configuration-set', 'transactional']],
  ])('is no error of %s %j, whatever there is to be found', async (question, args) => {
    const { code, stderr } = await ask(question, ...args);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  });

  it('is no error of suppress', async () => {
    const { code, stderr } = await run(['suppress', '-a', archive, '--domain', 'example.com']);
    expect([code, stderr]).toEqual([0, '0 candidates\n']);
  });
});

describe('with Athena', () => {
  const fixture = new AthenaFixture();
  const isLookup = (sql: string) => sql.includes('AS is_shared');
  const started = () =>
    fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));

  /** Asks an Athena that answers with these rows, and has these names. */
  function onAthena(rows: [string, string, string][], names: string[], ...args: string[]) {
    const answer = pagesOf(
      [
        ['status', 'varchar'],
        ['messages', 'bigint'],
        ['share', 'double'],
      ],
      rows,
    );
    const counts = pagesOf(
      [
        ['lines', 'bigint'],
        ['objects', 'bigint'],
      ],
      [['0', '0']],
    );
    const lookup = pagesOf(
      [
        ['name', 'varchar'],
        ['is_shared', 'boolean'],
      ],
      names.map((name): [string, string] => [name, 'true']),
    );
    fixture.athena.script = (sql) => ({
      states: succeeded(2 ** 20),
      pages: sql.includes('FROM unreadable_lines') ? counts : isLookup(sql) ? lookup : answer,
    });
    const place = ['--workgroup', 'w', '--database', 'd', '--region', 'eu-west-1'];
    const asked = ['ask', 'statuses', '--configuration-set', 'nope', ...args, '--engine', 'athena', ...place];
    return run([...asked, '--endpoint', fixture.athena.endpoint]);
  }

  it('is an error where the whole bucket was read, with what the look-up has scanned', async () => {
    const { code, stdout, stderr } = await onAthena([], ['marketing']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^scanned 3\.0 MiB/);
    expect(stderr).toMatch(
      /error: there is no configuration set "nope" in the bucket; there are: marketing\n$/,
    );
  });

  it('is no error where some partitions were read, and said all the same', async () => {
    const { code, stdout, stderr } = await onAthena([], ['marketing'], '--since', '2026-03-02');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(
      'there is no configuration set "nope" in the partitions that were read; there are: marketing\n',
    );
    expect(started().filter(isLookup)).toEqual([expect.stringContaining("dt >= '2026-03-01'")]);
  });

  it('is not looked up where there is an answer', async () => {
    const { code } = await onAthena([['sent', '1', '1']], []);
    expect([code, started().filter(isLookup)]).toEqual([0, []]);
  });
});

describe('the closest names', () => {
  it('are those with the fewest differences, the others behind them', () => {
    expect(closestNames('markting', ['transactional', 'news', 'marketing'], 2)).toEqual([
      'marketing',
      'news',
    ]);
  });
});
