import { evaluateErrorPrefix, evaluatePrefix, formatTime } from './prefix';

const arrival = new Date('2018-08-27T10:30:05Z');

describe('a prefix', () => {
  it.each([
    ['', '2018/08/27/10/'],
    ['logs', 'logs2018/08/27/10/'],
    ['events/', 'events/2018/08/27/10/'],
    ['events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/', 'events/dt=2018-08-27/hour=10/'],
    ["!{timestamp:'at'-yyyy''MM}/", "at-2018'08/"],
    ['!{timestamp:HHmmss}', '103005'],
    ['no!{/', undefined],
    ['!{timestamp:yyyy/MM/dd/HH/}', '2018/08/27/10/'],
    ['!{firehose:error-output-type}/!{timestamp:yyyy}', undefined],
    ['!{partitionKeyFromQuery:kind}/!{timestamp:yyyy}', undefined],
    ['!{timestamp:DDD}', undefined],
    [`!{timestamp:yyyy}${'x'.repeat(508)}`, `2018${'x'.repeat(508)}`],
    [`!{timestamp:yyyy}${'x'.repeat(509)}`, undefined],
  ])('%j becomes %j', (prefix, evaluated) => {
    if (evaluated === undefined) expect(() => evaluatePrefix(prefix, { arrival })).toThrow(RangeError);
    else expect(evaluatePrefix(prefix, { arrival })).toBe(evaluated);
  });

  it('contains a different random text of eleven characters each time', () => {
    const prefix = 'a/!{firehose:random-string}/!{timestamp:yyyy}';
    const [one, other] = [evaluatePrefix(prefix, { arrival }), evaluatePrefix(prefix, { arrival })];
    expect(one).toMatch(/^a\/[0-9a-f]{11}\/2018$/);
    expect(other).not.toBe(one);
  });

  it('uses the configured time zone, and hours from 00 to 23', () => {
    const midnight = new Date('2018-08-27T15:00:00Z');
    expect(evaluatePrefix('', { arrival: midnight, timeZone: 'Asia/Tokyo' })).toBe('2018/08/28/00/');
  });
});

describe('an error prefix', () => {
  const errorOutputType = 'processing-failed';

  it.each([
    [
      'errors/!{firehose:error-output-type}/!{timestamp:HH}/',
      '!{timestamp:yyyy}',
      'errors/processing-failed/10/',
    ],
    ['failures/!{firehose:error-output-type}/', '', 'failures/processing-failed/'],
    ['errors/', 'events/', 'errors/processing-failed/2018/08/27/10/'],
    [undefined, 'events/', 'events/processing-failed/2018/08/27/10/'],
    ['', '', 'processing-failed/2018/08/27/10/'],
    [undefined, '!{timestamp:yyyy}', undefined],
    ['errors/!{timestamp:yyyy}/', '', undefined],
  ])('%j with the prefix %j becomes %j', (errorPrefix, prefix, evaluated) => {
    const evaluate = () => evaluateErrorPrefix(errorPrefix, prefix, { arrival, errorOutputType });
    if (evaluated === undefined) expect(evaluate).toThrow(RangeError);
    else expect(evaluate()).toBe(evaluated);
  });
});

it('an unknown time zone throws a RangeError', () => {
  expect(() => formatTime('yyyy', arrival, 'Atlantis/Poseidonis')).toThrow(RangeError);
});
