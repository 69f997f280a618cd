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

const unsafeName = 'a\nerror: all is well\u001b[2J\u202e';

beforeAll(async () => {
  const lines = [
    send('ana@example.com', 'marketing', { campaign: 'welcome', user: 'ana' }),
    send('bo@example.com', 'marketing', { campaign: 'welcome', user: 'bo' }),
    send('cy@example.net', 'transactional', { campaign: 'spring' }),
    send('di@example.net', 'transactional', { campaign: 'spring' }),
    send('me@me.example', 'transactional'),
    `${sendText('sent-by', {
      destination: ['ana@example.com'],
      sourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
      sendingAccountId: '111122223333',
    })}\n`,
  ];
  scratch.write('objects/a', lines.join(''));
  await ingest(scratch.at('objects'), { archive, workers: 0 });
  const sets = Array.from({ length: 12 }, (_, index) => send('ana@example.com', `set-${index + 10}`));
  scratch.write('hostile/a', [...sets, send('ana@example.com', unsafeName)].join(''));
  await ingest(scratch.at('hostile'), { archive: hostile, workers: 0 });
});

const ask = (...args: string[]) => run(['ask', ...args, '--archive', archive]);

describe('a name that does not exist in the archive', () => {
  it.each([
    [
      ['--configuration-set', 'transactionl'],
      'there is no configuration set "transactionl" in this archive; existing: transactional, marketing',
    ],
    [
      ['--domain', 'exampel.net'],
      'there is no recipient domain "exampel.net" in this archive; closest: example.net, example.com; to list all, run ses-events ask domains',
    ],
    [
      ['--tag', 'campain=welcome'],
      'there is no message tag "campain" in this archive; existing: campaign, user, ses:configuration-set',
    ],
    [
      ['--tag', 'campaign=sprin'],
      'there is no value "sprin" of the message tag "campaign" in this archive; existing: spring, welcome',
    ],
    [['--tenant', 'shop'], 'there is no tenant "shop" in this archive; there are no others'],
    [['--source-region', 'eu-west-2'], 'there is no region "eu-west-2" in this archive; existing: eu-west-1'],
    [
      ['--account', '444455556666'],
      'there is no account "444455556666" in this archive; existing: 111122223333',
    ],
  ])('%j is reported with the existing names', async (args, message) => {
    const question = args[0] === '--domain' ? 'domains' : 'health';
    const { code, stdout, stderr } = await ask(question, ...args);
    expect([code, stdout, stderr]).toEqual([1, '', `error: ${message}\n`]);
  });

  it('is an error for a list too', async () => {
    const { code, stdout, stderr } = await ask('bounces', '--configuration-set', 'nope');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('there is no configuration set "nope"');
  });

  it('is reported for the filter that has it, of two filters', async () => {
    const { code, stderr } = await ask('daily', '--configuration-set', 'marketing', '--domain', 'nope');
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no recipient domain "nope"')]);
  });

  it.each(['table', 'csv', 'json', 'ndjson', 'parquet'])('leaves no %s file', async (format) => {
    const output = scratch.at(`none.${format}`);
    for (const question of ['health', 'complaints']) {
      const { code } = await ask(question, '--configuration-set', 'nope', '-f', format, '-o', output);
      expect([code, existsSync(output)]).toEqual([1, false]);
    }
  });

  it('is an error for suppress too', async () => {
    const output = scratch.at('suppress.csv');
    const args = ['suppress', '--archive', archive, '--configuration-set', 'nope', '--output', output];
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout, existsSync(output)]).toEqual([1, '', false]);
    expect(stderr).toContain('there is no configuration set "nope" in this archive; existing: ');
  });

  it('is reported without values of a single recipient, which can identify a person', async () => {
    const [user, domain] = await Promise.all([
      ask('health', '--tag', 'user=anna'),
      ask('bounces', '--domain', 'me.exampl'),
    ]);
    expect(user.stderr).toMatch(
      /no value "anna" of the message tag "user" in this archive; to list all, run ses-events query /,
    );
    expect(domain.stderr).toMatch(
      /closest: example\.com, example\.net; to list all, run ses-events ask domains\n$/,
    );
  });

  it('is reported with up to ten names, closest first, and the command that lists all', async () => {
    const { stderr } = await run(['ask', 'health', '-a', hostile, '--configuration-set', 'set-211']);
    const [, listed = ''] =
      /closest: (.*); to list all, run ses-events ask configuration-sets\n$/.exec(stderr) ?? [];
    expect(listed.split(', ')).toHaveLength(10);
    expect(listed).toMatch(/^set-(21|11), /);
  });

  it('is reported with control characters escaped', async () => {
    const { stderr } = await run(['ask', 'health', '-a', hostile, '--configuration-set', `${unsafeName}!`]);
    expect(stderr).toContain('closest: "a\\nerror: all is well\\u001b[2J\\u202e", set-');
    for (const line of stderr.trimEnd().split('\n')) expect(line).not.toMatch(unsafe);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a name that exists', () => {
  it.each([
    ['health', ['--configuration-set', 'marketing', '--since', '2100-01-01']],
    ['senders', ['--configuration-set', 'marketing', '--domain', 'example.net']],
    ['daily', ['--domain', 'ME.example', '--until', '2000-01-01']],
    ['health', ['--tag', 'user=ana', '--since', '2100-01-01']],
    ['bounces', ['--domain', 'example.com']],
    ['complaints', ['--tag', 'campaign=spring']],
    ['statuses', ['--configuration-set', 'transactional']],
  ])('is not an error for %s %j, with or without results', async (question, args) => {
    const { code, stderr } = await ask(question, ...args);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  });

  it('is not an error for suppress', async () => {
    const { code, stderr } = await run(['suppress', '-a', archive, '--domain', 'example.com']);
    expect([code, stderr]).toEqual([0, '0 addresses\n']);
  });
});

describe('with Athena', () => {
  const fixture = new AthenaFixture();
  const isLookup = (sql: string) => sql.includes('AS is_shared');
  const started = () =>
    fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));

  /** Runs a question on a fake Athena with these rows and names. */
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
      pages: sql.startsWith('SELECT coalesce(sum(lines)') ? counts : isLookup(sql) ? lookup : answer,
    });
    const place = ['--workgroup', 'w', '--database', 'd', '--region', 'eu-west-1'];
    const asked = [
      'ask',
      'statuses',
      '--configuration-set',
      'nope',
      ...args,
      '--engine',
      'athena',
      '--source',
      'lines',
      ...place,
    ];
    return run([...asked, '--endpoint', fixture.athena.endpoint]);
  }

  it('is an error when the complete bucket was read, and the look-up is part of the bytes scanned', async () => {
    const { code, stdout, stderr } = await onAthena([], ['marketing']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^scanned 3\.0 MiB/);
    expect(stderr).toMatch(
      /error: there is no configuration set "nope" in the bucket; existing: marketing\n$/,
    );
  });

  it('is a note when only some partitions were read', async () => {
    const { code, stdout, stderr } = await onAthena([], ['marketing'], '--since', '2026-03-02');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(
      'there is no configuration set "nope" in the partitions read; existing: marketing\n',
    );
    expect(started().filter(isLookup)).toEqual([expect.stringContaining("dt >= '2026-03-01'")]);
  });

  it('is not looked up when there is an answer', async () => {
    const { code } = await onAthena([['sent', '1', '1']], []);
    expect([code, started().filter(isLookup)]).toEqual([0, []]);
  });
});

describe('the closest names', () => {
  it('are those with the fewest differences, followed by the others', () => {
    expect(closestNames('markting', ['transactional', 'news', 'marketing'], 2)).toEqual([
      'marketing',
      'news',
    ]);
  });
});
