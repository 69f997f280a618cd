import { isFirehoseKey, isPartitionBefore } from '../../consumer/sources/firehose-key';

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

describe('isPartitionBefore', () => {
  it.each([
    ['events/dt=2026-03-01/hour=10/x', '2026-03-02T01:15:00Z', true],
    ['events/dt=2026-03-01/hour=10/x', '2026-03-02T01:14:59Z', false],
    ['events/dt=2026-03-01/x', '2026-03-02T14:15:00Z', true],
    ['events/dt=2026-03-01/x', '2026-03-02T14:14:00Z', false],
    ['2026/03/01/10/x', '2026-03-02T01:15:00Z', true],
    ['logs/2026/03/01/10/x', '2026-03-02T01:14:00Z', false],
    ['events/x', '2030-01-01T00:00:00Z', false],
    ['events/dt=soon/x', '2030-01-01T00:00:00Z', false],
    ['events/adt=2026-03-01/x', '2030-01-01T00:00:00Z', false],
  ])('%s before %s: %s', (key, since, expected) => {
    expect(isPartitionBefore(key, new Date(since))).toBe(expected);
  });
});
