import { type EventKind, eventKinds } from '../../../consumer/events';
import { sendText, tenKinds } from '../records';
import { run } from '../run-command';
import { eventLines, messageIds, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const kinds = scratch.write('kinds', tenKinds);
const times = ['2026-03-01T00:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-02T00:00:00.000Z'] as const;
const timed = scratch.write('timed', times.map((timestamp) => sendText(timestamp, { timestamp })).join('\n'));

describe('read --kind', () => {
  const renderingFailures = [
    'rendering-failure',
    'RENDERING_FAILURE',
    'Rendering Failure',
    'renderingfailure',
  ];
  const cases: [how: string, args: string[], expected: EventKind[]][] = [
    ['one kind', ['--kind', 'Bounce'], ['Bounce']],
    ['several by comma and repetition', ['-k', 'click,Open', '--kind=SEND'], ['Send', 'Open', 'Click']],
    ['any spelling', renderingFailures.flatMap((name) => ['--kind', name]), ['Rendering Failure']],
  ];

  it.concurrent.each(cases)('selects %s', async (_, args, expected) => {
    const result = await runRead([...args, kinds]);
    expect(eventLines(result).map(({ event }) => event.eventType)).toEqual(expected);
    expect(result.counts).toMatchObject({ records: eventKinds.length, events: expected.length });
    expect(result.code).toBe(0);
  });

  it.concurrent('rejects an unknown kind with a list of the kinds', async () => {
    const { code, stdout, stderr } = await run(['read', '--kind', 'Bounce,boumce', kinds]);
    for (const name of ['boumce', ...eventKinds]) expect(stderr).toContain(name);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('read --since and --until', () => {
  const [first, noon, next] = times;
  // The time zone of the machine must not matter.
  const env = { TZ: 'America/New_York' };

  it.concurrent.each([
    ['a day from its first moment in UTC', ['--since', '2026-03-02'], [next]],
    ['a day until its first moment in UTC', ['--until', '2026-03-02'], [first, noon]],
    ['a time without a zone as UTC', ['--since', '2026-03-01T12:00'], [noon, next]],
    ['a time with a zone', ['--until', '2026-03-01T14:00:00+02:00'], [first]],
    ['both', ['--since', '2026-03-01T00:00:00.001Z', '--until', '2026-03-01T12:00:00.001Z'], [noon]],
  ])('select %s', async (_, args, expected) => {
    const result = await runRead([...args, timed], { env });
    expect(messageIds(result)).toEqual(expected);
    expect(result.counts).toMatchObject({ records: 3, skipped: 3 - expected.length });
  });

  it.concurrent.each([
    ['--since', 'soon'],
    ['--until', '2026-02-30'],
  ])('%s rejects %s and shows the expected form', async (option, value) => {
    const { code, stdout, stderr } = await run(['read', option, value, timed]);
    expect(stderr).toContain(`'${value}' is invalid. Expected a day or time, such as 2026-03-01`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
