-- title: Event latency by kind
-- description: Time from an event to its arrival, by kind of event. Arrival is when Firehose started the object, as the object name shows. Later events in the same object count as latency 0. Includes legacy twins. Use the latency to choose `--look-ahead` of Athena queries.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account
-- time: arrived
-- window: by event time, whenever the events arrived
-- column: event_type | text | Kind of the event.
-- column: events | count | Events from objects with a time in their name.
-- column: median | milliseconds | Median latency.
-- column: p99 | milliseconds | 99th percentile of the latency.
-- column: latest | milliseconds | Maximum latency.
-- column: next_day | count | Events in the partition of a later day than their own.
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
