-- title: What did SES refuse to send?
-- description: Messages that SES rejected, newest first.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: rejected_at | time | When the message was handed in.
-- column: reason | text | Why, in SES's words.
-- column: source | raw | The sender as the record has it; a table leaves it out.
-- column: source_name | header | The sender's display name; MIME-encoded words are decoded in a table and in CSV.
-- column: source_address | text | The sender's address, in lower case.
-- column: recipient | text | The recipient.
-- column: subject | header | The message's subject.
-- column: message_id | text | The message.

SELECT
  event_time AS rejected_at, reject_reason AS reason, source, source_name, source_address, recipient, subject, message_id
FROM recipients
WHERE event_type = 'Reject' AND {happened}
ORDER BY event_time DESC, message_id, recipient
LIMIT {limit}
