-- title: What is in the archive?
-- description: Events by kind, with the first and the last of each.
-- parameters: since, until, configurationSet, tag
-- time: happened
-- window: when the events happened
-- column: event_type | text | The kind, as AWS spells it.
-- column: events | count | Events, each once.
-- column: messages | count | Messages that they are of.
-- column: first_at | time | The first event.
-- column: last_at | time | The last event.

SELECT
  CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END AS event_type,
  count(*) AS events, count(DISTINCT message_id) AS messages, min(event_time) AS first_at, max(event_time) AS last_at
FROM unique_events
WHERE {happened}
GROUP BY CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END
ORDER BY events DESC, event_type
