-- title: Subscription changes by contact list
-- description: Changes of subscription preferences by contact list and source.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: contact_list | text | Name of the contact list.
-- column: subscription_source | text | Source of the change, such as `UnsubscribeHeader`; NULL if unknown.
-- column: changes | count | Subscription events.
-- column: messages | count | Messages that led to a change.
-- column: last_at | time | Time of the newest change.

SELECT
  contact_list, subscription_source, count(*) AS changes, count(DISTINCT message_id) AS messages, max(event_time) AS last_at
FROM subscriptions
WHERE {happened}
GROUP BY contact_list, subscription_source
ORDER BY changes DESC, contact_list, subscription_source NULLS LAST
LIMIT {limit}
