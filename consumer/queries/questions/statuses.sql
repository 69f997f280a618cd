-- title: Messages by status
-- description: Messages by the furthest status that they reached. The arrival order of events has no effect.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account
-- time: sent
-- window: by send time, with all later outcomes
-- column: status | text | `complained`, `bounced` (hard bounce), `suppressed`, `clicked`, `opened`, `delivered`, `soft_bounced`, `rejected`, `not_rendered`, `delayed` or `sent`.
-- column: messages | count | Messages with this status.
-- column: share | share | Share of all messages in the answer.

SELECT status, count(*) AS messages, CAST(count(*) AS double) / sum(count(*)) OVER () AS share
FROM messages
WHERE {sent}
GROUP BY status
ORDER BY messages DESC, status
