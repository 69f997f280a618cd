-- title: Daily totals
-- description: One row per day, in UTC by default, from the first event to the last, including days without events. For each outcome, an email counts once: on the day of its first such event in the time range. Without a time range, the days add up to the totals of `health`.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, timezone
-- time: happened
-- window: by event time
-- column: day | day | Day, in UTC by default; NULL for events without a valid time.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: soft_bounced | count | Soft-bounced emails, for example because of a full mailbox or an out-of-office reply.
-- column: suppressed | count | Emails that SES did not send because of a suppression list of the account or tenant. Includes complaint events with the subtype `OnAccountSuppressionList` or `OnTenantSuppressionList`.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: delayed | count | Emails with at least one delay.
-- column: rejected | count | Emails that SES refused to send (Reject events), not unreadable records.
-- column: not_rendered | count | Emails whose template SES could not render.
-- column: opens | count | Open events.
-- column: clicks | count | Click events.

WITH happened AS (
  SELECT
    coalesce(outcome, event_type) AS what,
    CAST(date_trunc('day', {local min(event_time)}) AS date) AS day,
    max(event_time) AS last_at,
    count(*) AS events
  FROM recipients
  WHERE (outcome IS NOT NULL OR event_time IS NOT NULL) AND {happened}
  GROUP BY
    coalesce(outcome, event_type),
    CASE WHEN outcome IS NOT NULL THEN message_id || ' ' || address END,
    CASE WHEN outcome IS NULL THEN date_trunc('day', {local event_time}) END
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
    SELECT {times first_day; last_day; INTERVAL '1' DAY} AS moments
    FROM (
      SELECT CAST(min(day) AS timestamp) AS first_day, CAST(date_trunc('day', {local max(last_at)}) AS timestamp) AS last_day
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
