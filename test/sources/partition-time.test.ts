import { isPartitionBefore } from '../../consumer/sources/partition-time';

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
