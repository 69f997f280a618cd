-- title: Does anything still arrive?
-- description: Stretches without a delivered object, longest first, by the time in the objects' names. The row whose `gap_to` is empty is the time since the newest object, up to the newest event.
-- parameters: since, until, limit
-- time: delivered
-- window: when Firehose began to gather the objects
-- column: gap_from | time | The object before the gap.
-- column: gap_to | time | The object behind it.
-- column: hours | hours | How long nothing was delivered.
-- column: objects | count | Objects with the time in `gap_from`.

WITH moments AS (
  SELECT delivered_at, count(*) AS objects
  FROM event_objects
  WHERE delivered_at IS NOT NULL
  GROUP BY delivered_at
),
steps AS (
  SELECT delivered_at, objects, lead(delivered_at) OVER (ORDER BY delivered_at) AS next_at
  FROM moments
)
SELECT
  delivered_at AS gap_from, next_at AS gap_to,
  CAST({milliseconds delivered_at; coalesce(next_at, greatest(delivered_at, newest_at))} AS double) / 3600000 AS hours, objects
FROM steps
CROSS JOIN (SELECT max(event_time) AS newest_at FROM unique_events) newest
WHERE {delivered}
ORDER BY hours DESC, gap_from
LIMIT {limit}
