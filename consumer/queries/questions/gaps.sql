-- title: Gaps in the event stream
-- description: Periods without a delivered object, longest first, based on the times in object names. The row without `gap_to` is the period from the newest object to the newest event.
-- parameters: since, until, limit
-- time: delivered
-- window: by object time (when Firehose started to collect the object)
-- column: gap_from | time | Time of the object before the gap.
-- column: gap_to | time | Time of the object after the gap; NULL for the period from the newest object to the newest event.
-- column: hours | hours | Length of the gap.
-- column: objects | count | Objects whose name has the time `gap_from`.

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
