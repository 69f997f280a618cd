import fc from 'fast-check';
import { errorPrefixes, exampleKey, prefixFolders } from '../../../consumer/doctor/places/prefix';

describe('the folders of a prefix', () => {
  it.each<[prefix: string, fixed: string, orders: string[]]>([
    ['', '', ['time', 'time', 'time', 'time']],
    ['events/', 'events/', ['time', 'time', 'time', 'time']],
    ['mail-', 'mail-', ['time', 'time', 'time', 'time']],
    ['events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/', 'events/dt=', ['time', 'time']],
    ['!{timestamp:yyyy/MM/dd}/', '', ['time', 'time', 'time']],
    ['a/!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/', 'a/', ['other', 'time']],
    ['a/!{firehose:random-string}/', 'a/', ['other']],
    ['a/!{timestamp:dd-MM-yyyy}/', 'a/', ['other']],
    ['a/!{timestamp:EEE}/', 'a/', ['other']],
    ['a/!{timestamp:yyyy}/fixed/', 'a/', ['time', 'time']],
    ['a/!{timestamp:yyyy}', 'a/', []],
  ])('%j begins with %j', (prefix, fixed, orders) => {
    expect(prefixFolders(prefix)).toEqual({ fixed, orders });
  });

  it('are those of every key with the prefix', () => {
    const part = fc.constantFrom(
      'a/',
      'dt=',
      '/',
      '!{timestamp:yyyy-MM-dd}',
      '!{timestamp:HH}',
      '!{firehose:x}',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const prefix = parts.join('');
        const { fixed, orders } = prefixFolders(prefix);
        const key = exampleKey(prefix, 'stream');
        expect(key.startsWith(fixed)).toBe(true);
        expect(key).not.toContain('!{');
        const start = fixed.lastIndexOf('/') + 1;
        expect(key.slice(start).split('/')).toHaveLength(orders.length + 1);
      }),
    );
  });
});

describe('the errors prefixes', () => {
  it.each<[prefix: string, errorPrefix: string | undefined, fixed: string[]]>([
    ['events/', 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy}/', ['errors/']],
    ['events/', 'errors/', ['errors/']],
    ['events/', undefined, ['events/processing-failed/', 'events/format-conversion-failed/']],
    ['', '', ['processing-failed/', 'format-conversion-failed/']],
  ])('%j and %j are %j', (prefix, errorPrefix, fixed) => {
    expect(errorPrefixes(prefix, errorPrefix)).toEqual(fixed);
  });
});
