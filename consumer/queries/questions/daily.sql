-- title: How did each day go?
-- description: One row for each day (UTC) from the first event to the last, days without events included.
-- parameters: since, until, configurationSet, domain, tag
-- time: happened
-- window: when the events happened
-- column: day | day | The day, in UTC.
-- column: sent | count | Emails that SES accepted.
-- column: delivered | count | Emails delivered.
-- column: bounced | count | Recipients of bounces, of any type.
-- column: complained | count | Recipients of complaints, without `not-spam`.
-- column: delayed | count | Recipients of delays.
-- column: rejected | count | Emails that SES refused.
-- column: not_rendered | count | Emails whose template could not be rendered.
-- column: opens | count | Opens.
-- column: clicks | count | Clicks.

WITH chosen AS (
  SELECT CAST(date_trunc('day', event_time) AS date) AS day, event_type, complaint_feedback_type
  FROM recipients
  WHERE event_time IS NOT NULL AND {happened}
),
counted AS (
  SELECT
    day,
    count(*) FILTER (WHERE event_type = 'Send') AS sent,
    count(*) FILTER (WHERE event_type = 'Delivery') AS delivered,
    count(*) FILTER (WHERE event_type = 'Bounce') AS bounced,
    count(*) FILTER (WHERE {is_complaint}) AS complained,
    count(*) FILTER (WHERE event_type = 'DeliveryDelay') AS delayed,
    count(*) FILTER (WHERE event_type = 'Reject') AS rejected,
    count(*) FILTER (WHERE event_type = 'Rendering Failure') AS not_rendered,
    count(*) FILTER (WHERE event_type = 'Open') AS opens,
    count(*) FILTER (WHERE event_type = 'Click') AS clicks
  FROM chosen
  GROUP BY day
),
days AS (
  SELECT CAST(moment AS date) AS day
  FROM (
    SELECT {times first_day; last_day; INTERVAL '1' DAY} AS moments
    FROM (SELECT CAST(min(day) AS timestamp) AS first_day, CAST(max(day) AS timestamp) AS last_day FROM counted) span
  ) listed
  CROSS JOIN UNNEST(moments) AS spread (moment)
)
SELECT
  days.day,
  coalesce(sent, 0) AS sent, coalesce(delivered, 0) AS delivered, coalesce(bounced, 0) AS bounced,
  coalesce(complained, 0) AS complained, coalesce(delayed, 0) AS delayed, coalesce(rejected, 0) AS rejected,
  coalesce(not_rendered, 0) AS not_rendered, coalesce(opens, 0) AS opens, coalesce(clicks, 0) AS clicks
FROM days LEFT JOIN counted ON counted.day = days.day
ORDER BY days.day
