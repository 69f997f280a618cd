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
    event_type, greatest({milliseconds event_time; delivered_at}, 0) AS took,
    count(*) AS events,
    count(*) FILTER (WHERE date_trunc('day', delivered_at) > date_trunc('day', event_time)) AS next_day,
    count(*) FILTER (WHERE occurrences > 1) AS found_again
  FROM arrivals
  WHERE event_time IS NOT NULL AND delivered_at IS NOT NULL AND {happened}
  GROUP BY event_type, greatest({milliseconds event_time; delivered_at}, 0)
),
ranked AS (
  SELECT
    *,
    sum(events) OVER (PARTITION BY event_type ORDER BY took ROWS UNBOUNDED PRECEDING) AS up_to,
    sum(events) OVER (PARTITION BY event_type) AS total
  FROM timed
)
SELECT
  event_type, CAST(sum(events) AS bigint) AS events,
  min(took) FILTER (WHERE up_to * 2 >= total) AS median,
  min(took) FILTER (WHERE up_to * 100 >= total * 99) AS p99,
  max(took) AS latest,
  CAST(sum(next_day) AS bigint) AS next_day,
  CAST(sum(found_again) AS bigint) AS found_again
FROM ranked
GROUP BY event_type
ORDER BY event_type
