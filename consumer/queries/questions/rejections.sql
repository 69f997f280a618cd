-- title: What did SES refuse to send?
-- description: Messages that SES rejected, newest first.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: rejected_at | time | When the message was handed in.
-- column: reason | text | Why, in SES's words.
-- column: source | text | The sender.
-- column: recipient | text | The recipient.
-- column: subject | text | The message's subject.
-- column: message_id | text | The message.

SELECT event_time AS rejected_at, reject_reason AS reason, source, recipient, subject, message_id
FROM recipients
WHERE event_type = 'Reject' AND {happened}
ORDER BY event_time DESC, message_id, recipient
LIMIT {limit}
