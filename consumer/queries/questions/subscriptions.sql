-- title: Who changed a subscription?
-- description: Changes of preferences by contact list and by how they were made.
-- parameters: since, until, configurationSet, tag, limit
-- time: happened
-- window: when the events happened
-- column: contact_list | text | The contact list.
-- column: subscription_source | text | How the change was made.
-- column: changes | count | Changes.
-- column: messages | count | Messages that led to them.
-- column: last_at | time | The newest change.

SELECT
  contact_list, subscription_source, count(*) AS changes, count(DISTINCT message_id) AS messages, max(event_time) AS last_at
FROM subscriptions
WHERE {happened}
GROUP BY contact_list, subscription_source
ORDER BY changes DESC, contact_list, subscription_source NULLS LAST
LIMIT {limit}
