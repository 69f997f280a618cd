import { isFirehoseKey } from '../../consumer/sources/firehose-key';

describe('isFirehoseKey', () => {
  const uuid = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
  it.each([
    [`events/dt=2026-03-01/hour=10/my-stream-1-2026-03-01-10-00-00-${uuid}.gz`, true],
    [`my.stream_x-12-2026-03-01-10-00-00-${uuid}`, true],
    [`stream-2026-03-01-10-00-00-${uuid}.json.log`, true],
    [`stream-1-2026-03-01-10-00-00-${uuid}.parquet`, false],
    ['events/my-file.json', false],
    [`stream-1-2026-03-01-10-00-${uuid}`, false],
    [`stream-1-2026-03-01-10-00-00-${uuid}/x`, false],
  ])('%s: %s', (key, expected) => {
    expect(isFirehoseKey(key)).toBe(expected);
  });
});
