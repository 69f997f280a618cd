-- title: Opens and clicks by people and machines
-- description: Opens and clicks by type of machine (`machine_reason`). In the last row of each kind, no machine was detected.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account
-- time: happened
-- window: by event time
-- column: event_type | text | `Open` or `Click`.
-- column: machine_reason | text | Type of machine, such as `mail-privacy-protection` or `security-scanner`; NULL if none was detected.
-- column: events | count | Open or Click events.
-- column: share | share | Share of all events of this kind.
-- column: messages | count | Messages with these events.

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
