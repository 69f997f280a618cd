-- title: Find emails by outcome
-- description: One row per email (a message to one recipient), newest first, with all its outcomes. With a filter by outcome, the rows are the emails that other questions count under that name.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, outcome, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: sent_at | time | Send time of the message.
-- column: address | text | Address of the recipient, in lower case; NULL if the record does not contain one.
-- column: outcomes | text | All outcomes of the email, such as `sent, delivered, complained`.
-- column: configuration_set | text | Configuration set of the message.
-- column: message_id | text | Id of the message, for `ses-events trace`.

SELECT sent_at, address, {outcomes} AS outcomes, configuration_set, message_id
FROM emails
WHERE {sent} AND {outcome}
ORDER BY sent_at DESC NULLS LAST, message_id, address
LIMIT {limit}
