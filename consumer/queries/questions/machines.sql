-- title: Who opens and clicks: people or machines?
-- description: Opens and clicks by why they look like a machine's; the last row of each kind is what does not.
-- parameters: since, until, configurationSet, tag
-- time: happened
-- window: when the events happened
-- column: event_type | text | `Open` or `Click`.
-- column: machine_reason | text | Why it looks like a machine's: SES's label, Apple's Mail Privacy Protection, a scanner's name; NULL for a person.
-- column: events | count | Opens or clicks.
-- column: share | share | Of all of the kind.
-- column: messages | count | Messages that they are of.

SELECT
  event_type, machine_reason, count(*) AS events,
  CAST(count(*) AS double) / sum(count(*)) OVER (PARTITION BY event_type) AS share,
  count(DISTINCT message_id) AS messages
FROM (
  SELECT event_type, machine_reason, message_id, event_time, configuration_set FROM opens
  UNION ALL
  SELECT event_type, machine_reason, message_id, event_time, configuration_set FROM clicks
) engaged
WHERE {happened}
GROUP BY event_type, machine_reason
ORDER BY event_type DESC, machine_reason NULLS LAST
