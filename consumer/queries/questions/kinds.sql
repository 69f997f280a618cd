-- title: Events by kind
-- description: Number of events and messages of each kind, with the first and last event. Excludes legacy twins, so the total can be lower than the number of events in the archive.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account
-- time: happened
-- window: by event time
-- column: event_type | text | Kind of the event, as AWS spells it. An unknown kind is shown as `Unknown (…)`.
-- column: events | count | Events, each counted once.
-- column: messages | count | Messages with these events.
-- column: first_at | time | Time of the first event.
-- column: last_at | time | Time of the last event.

SELECT
  CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END AS event_type,
  count(*) AS events, count(DISTINCT message_id) AS messages, min(event_time) AS first_at, max(event_time) AS last_at
FROM unique_events
WHERE {happened}
GROUP BY CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END
ORDER BY events DESC, event_type
