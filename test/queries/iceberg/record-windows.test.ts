import { recordWindows } from '../../../consumer/queries/iceberg/record-windows';

const days = { first: "DATE '2026-08-09'", last: "DATE '2026-08-09'" };
const around = (time: string) =>
  `(${time} IS NULL OR (${time} >= date_add('day', -3, ${days.first}) AND ${time} < date_add('day', 4, ${days.last})))`;

describe('the statement that records days', () => {
  // The conditions of the two joins with the archive, the inner one first.
  const [near = '', other = '', ...more] = [...recordWindows(days).matchAll(/\n {4,6}ON (.*)\n?/g)].map(
    ([, condition]) => condition,
  );

  it('looks up its lines in the archive around the days', () => {
    expect(near).toMatch(/^archived\.event_id = judged\.event_id AND /);
    expect(near.endsWith(` AND ${around('archived.event_time')}`)).toBe(true);
  });

  it('looks up events with other times in the whole archive', () => {
    expect(other).toMatch(/^other\.event_id = near\.other_id AND /);
    expect(other).not.toContain('date_add');
    expect(more).toEqual([]);
  });

  it('looks up no other lines there', () => {
    expect(recordWindows(days)).toContain(
      `CASE WHEN is_event AND NOT ${around('judged.event_time')} THEN judged.event_id END AS other_id`,
    );
  });
});
