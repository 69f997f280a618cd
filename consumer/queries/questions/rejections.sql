-- title: Messages that SES refused
-- description: Messages that SES refused to send (Reject events), newest first, with a row per recipient.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: rejected_at | time | Send time of the message.
-- column: reason | text | Reason from SES, such as `Bad content`.
-- column: source | raw | Sender in the spelling of the record. Tables omit this column.
-- column: source_name | header | Display name of the sender; NULL if there is none. Tables and CSV decode MIME-encoded words.
-- column: source_address | text | Address of the sender in lower case, without the display name. If `source` has no known form, its whole text.
-- column: recipient | text | Recipient of the message.
-- column: subject | header | Subject of the message; NULL if the record does not contain one.
-- column: message_id | text | Id of the message.

SELECT
  event_time AS rejected_at, reject_reason AS reason, source, source_name, source_address, recipient, subject, message_id
FROM recipients
WHERE event_type = 'Reject' AND {happened}
ORDER BY event_time DESC, message_id, recipient
LIMIT {limit}
