import { mergeEvents } from '../../../consumer/queries/iceberg/merge-events';

const days = { first: "DATE '2026-08-09'", last: "DATE '2026-08-11'" };
const around = (time: string) =>
  `(${time} IS NULL OR (${time} >= date_add('day', -3, ${days.first}) AND ${time} < date_add('day', 4, ${days.last})))`;
const isSame =
  'archived.event_id = delivered.event_id AND archived.event_time IS NOT DISTINCT FROM delivered.event_time';

/** The conditions of a statement on the archive and on the events of the lines. */
function conditionsOf(sql: string) {
  const [, delivered, archived] = /\) deliveries WHERE (.*)\) AS delivered\nON (.*)\n/.exec(sql) ?? [];
  return { delivered, archived };
}

describe('a merge', () => {
  it('of events with times around the days, or without one, has the same constant bounds for them and for the archive', () => {
    expect(conditionsOf(mergeEvents(days, 'around'))).toEqual({
      delivered: `${around('event_time')} AND true`,
      archived: `${isSame} AND ${around('archived.event_time')}`,
    });
  });

  it('of other events has no bounds for the archive', () => {
    expect(conditionsOf(mergeEvents(days, 'other'))).toEqual({
      delivered: `NOT ${around('event_time')} AND true`,
      archived: isSame,
    });
  });

  it.each(['around', 'other'] as const)('with %s times skips known lines around the days', (times) => {
    expect(mergeEvents(days, times).split(`WHERE ${around('event_time')}\n      ) AS known`)).toHaveLength(2);
  });

  it.each(['around', 'other'] as const)('with %s times can have a further condition', (times) => {
    const { delivered } = conditionsOf(mergeEvents(days, times, "event_type = 'Send'"));
    expect(delivered).toMatch(/ AND event_type = 'Send'$/);
  });
});
