import { readEvents } from '../../consumer/sources/event-reader';
import { openSource } from '../../consumer/sources/open-source';

/** Calls without types, as a program in plain JavaScript makes them. */
const untyped = readEvents as unknown as (...args: unknown[]) => unknown;

describe('a call without types', () => {
  it.each<[args: unknown[], message: string]>([
    [
      [],
      "a source must be a name such as 's3://my-bucket/events/', a list of names, or an object with objects(): received undefined",
    ],
    [[null], 'received null'],
    [[5], 'received 5'],
    [[{}], 'received an object'],
    [[['events', 5]], 'received 5'],
    [
      ['events', { since: '2026-03-01' }],
      'since must be a Date, such as new Date(\'2026-03-01\'): received "2026-03-01"',
    ],
    [['events', { until: 1_772_323_200_000 }], 'until must be a Date'],
    [['events', { since: new Date('x') }], 'since is an invalid date'],
    [['events', { kinds: 'Bounce' }], 'kinds must be an array, such as [\'Bounce\']: received "Bounce"'],
    [['events', { kinds: ['Bonce'] }], 'no such kind: "Bonce", the kinds are Send, Delivery'],
    [['events', { kinds: [`${'x'.repeat(100)}`] }], `"${'x'.repeat(59)}…`],
    [['events', null], 'options must be an object: received null'],
    [['events', { kind: ['Bounce'] }], 'no such option: "kind", the options are kinds, since, until, limits'],
    [['events', { onReject: 'x' }], 'onReject must be a function: received a text'],
    [['events', { onSkip: null }], 'onSkip must be a function: received null'],
    [['events', { strict: 'no' }], 'strict must be true or false: received a text'],
    [['events', { concurrency: 0 }], 'concurrency must be a whole number, 1 or more: received 0'],
  ])('readEvents(%j) throws a TypeError before it reads', (args, message) => {
    expect(() => untyped(...args)).toThrow(TypeError);
    expect(() => untyped(...args)).toThrow(message);
  });

  it('openSource() throws the same', async () => {
    await expect((openSource as unknown as () => Promise<unknown>)()).rejects.toThrow('received undefined');
  });
});
