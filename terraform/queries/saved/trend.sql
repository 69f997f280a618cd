WITH counted AS (
  SELECT
    CAST(date_trunc('week', sent_at) AS date) AS period,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained
  FROM emails
  WHERE true
  GROUP BY 1
),
periods AS (
  SELECT CAST(moment AS date) AS period
  FROM (
    SELECT flatten(transform(sequence(first_period, last_period, INTERVAL '7' DAY * 1000), start -> sequence(start, least(start + INTERVAL '7' DAY * 999, last_period), INTERVAL '7' DAY))) AS moments
    FROM (
      SELECT CAST(min(period) AS timestamp) AS first_period, CAST(max(period) AS timestamp) AS last_period
      FROM counted
    ) span
  ) listed
  CROSS JOIN UNNEST(moments) AS spread (moment)
),
filled AS (
  SELECT
    coalesce(periods.period, counted.period) AS period,
    coalesce(sent, 0) AS sent, coalesce(delivered, 0) AS delivered,
    coalesce(bounced, 0) AS bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
    coalesce(complained, 0) AS complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
  FROM periods FULL JOIN counted ON counted.period = periods.period
)
SELECT
  period, sent, bounce_rate,
  CASE WHEN bounce_rate >= 0.1 THEN 'danger' WHEN bounce_rate >= 0.05 THEN 'review' WHEN bounce_rate < 0.05 THEN 'ok' END AS bounce_verdict,
  complaint_rate,
  CASE WHEN complaint_rate >= 0.005 THEN 'danger' WHEN complaint_rate >= 0.001 THEN 'review' WHEN complaint_rate < 0.001 THEN 'ok' END AS complaint_verdict,
  delivered, bounced, complained
FROM filled
ORDER BY period NULLS LAST
