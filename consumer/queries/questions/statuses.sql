-- title: How far did the messages come?
-- description: Messages by the furthest status that they reached; it never goes backwards, whatever order events arrive in.
-- parameters: since, until, configurationSet, tag
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: status | text | `complained`, `bounced` (for good), `suppressed`, `clicked`, `opened`, `delivered`, `soft_bounced`, `rejected`, `not_rendered`, `delayed` or `sent`.
-- column: messages | count | Messages.
-- column: share | share | Of all messages in the answer.

SELECT status, count(*) AS messages, CAST(count(*) AS double) / sum(count(*)) OVER () AS share
FROM messages
WHERE {sent}
GROUP BY status
ORDER BY messages DESC, status
