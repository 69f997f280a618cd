WITH happened AS (
  SELECT
    coalesce(outcome, event_type) AS what,
    CAST(date_trunc('day', min(event_time)) AS date) AS day,
    max(event_time) AS last_at,
    count(*) AS events
  FROM recipients
  WHERE (outcome IS NOT NULL OR event_time IS NOT NULL) AND true
  GROUP BY
    coalesce(outcome, event_type),
    CASE WHEN outcome IS NOT NULL THEN message_id || ' ' || address END,
    CASE WHEN outcome IS NULL THEN date_trunc('day', event_time) END
),
counted AS (
  SELECT
    day, max(last_at) AS last_at,
    count(*) FILTER (WHERE what = 'sent') AS sent,
    count(*) FILTER (WHERE what = 'delivered') AS delivered,
    count(*) FILTER (WHERE what = 'bounced') AS bounced,
    count(*) FILTER (WHERE what = 'soft_bounced') AS soft_bounced,
    count(*) FILTER (WHERE what = 'suppressed') AS suppressed,
    count(*) FILTER (WHERE what = 'complained') AS complained,
    count(*) FILTER (WHERE what = 'delayed') AS delayed,
    count(*) FILTER (WHERE what = 'rejected') AS rejected,
    count(*) FILTER (WHERE what = 'not_rendered') AS not_rendered,
    CAST(sum(events) FILTER (WHERE what = 'Open') AS bigint) AS opens,
    CAST(sum(events) FILTER (WHERE what = 'Click') AS bigint) AS clicks
  FROM happened
  GROUP BY day
),
days AS (
  SELECT CAST(moment AS date) AS day
  FROM (
    SELECT flatten(transform(sequence(first_day, last_day, INTERVAL '1' DAY * 1000), start -> sequence(start, least(start + INTERVAL '1' DAY * 999, last_day), INTERVAL '1' DAY))) AS moments
    FROM (
      SELECT CAST(min(day) AS timestamp) AS first_day, CAST(date_trunc('day', max(last_at)) AS timestamp) AS last_day
      FROM counted
    ) span
  ) listed
  CROSS JOIN UNNEST(moments) AS spread (moment)
)
SELECT
  coalesce(days.day, counted.day) AS day,
  coalesce(sent, 0) AS sent, coalesce(delivered, 0) AS delivered, coalesce(bounced, 0) AS bounced,
  coalesce(soft_bounced, 0) AS soft_bounced, coalesce(suppressed, 0) AS suppressed,
  coalesce(complained, 0) AS complained, coalesce(delayed, 0) AS delayed, coalesce(rejected, 0) AS rejected,
  coalesce(not_rendered, 0) AS not_rendered, coalesce(opens, 0) AS opens, coalesce(clicks, 0) AS clicks
FROM days FULL JOIN counted ON counted.day = days.day
ORDER BY day NULLS LAST
