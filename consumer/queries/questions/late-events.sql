-- title: How late do events arrive?
-- description: From an event's own time to the time in the name of the object that brought it (when Firehose began to gather it; 0 for an event that happened later), by kind: what a filter by the partition's time has to look ahead for.
-- parameters: since, until, configurationSet, tag
-- time: arrived
-- window: when the events happened, whenever they arrived
-- column: event_type | text | The kind.
-- column: events | count | Events whose object has a time in its name.
-- column: median | milliseconds | Half of them arrived no later.
-- column: p99 | milliseconds | 99 % arrived no later.
-- column: latest | milliseconds | The latest of all.
-- column: next_day | count | Those in a later day's partition than their own.
-- column: found_again | count | Events that were delivered more than once.

WITH timed AS (
  SELECT
    event_type, event_time, delivered_at, occurrences, greatest({milliseconds event_time; delivered_at}, 0) AS took,
    row_number() OVER (PARTITION BY event_type ORDER BY greatest({milliseconds event_time; delivered_at}, 0), event_id) AS place,
    count(*) OVER (PARTITION BY event_type) AS events
  FROM arrivals
  WHERE event_time IS NOT NULL AND delivered_at IS NOT NULL AND {happened}
)
SELECT
  event_type, max(events) AS events,
  min(took) FILTER (WHERE place * 2 >= events) AS median,
  min(took) FILTER (WHERE place * 100 >= events * 99) AS p99,
  max(took) AS latest,
  count(*) FILTER (WHERE date_trunc('day', delivered_at) > date_trunc('day', event_time)) AS next_day,
  count(*) FILTER (WHERE occurrences > 1) AS found_again
FROM timed
GROUP BY event_type
ORDER BY event_type
