-- title: Individual complaints
-- description: Complaints, newest first. If a complaint names several recipients, any of them can be the complainant, because mailbox providers redact addresses.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: complained_at | time | Time of the complaint.
-- column: recipient | text | Recipient who complained, or a possible complainant.
-- column: feedback_type | text | Type of the feedback report, such as `abuse`; NULL if unknown. `not-spam` reports a message that is not spam.
-- column: complaint_sub_type | text | Set if the address was on a suppression list; otherwise NULL.
-- column: source | raw | Sender in the spelling of the record. Tables omit this column.
-- column: source_name | header | Display name of the sender; NULL if there is none. Tables and CSV decode MIME-encoded words.
-- column: source_address | text | Address of the sender in lower case, without the display name. If `source` has no known form, its whole text.
-- column: subject | header | Subject of the message; NULL if the record does not contain one.
-- column: configuration_set | text | Configuration set of the message.
-- column: message_id | text | Id of the message.
-- column: hours_after_sending | hours | Time from sending to the complaint.

SELECT
  event_time AS complained_at, recipient, complaint_feedback_type AS feedback_type, complaint_sub_type,
  source, source_name, source_address, subject, configuration_set, message_id,
  CAST({milliseconds mail_timestamp; event_time} AS double) / 3600000 AS hours_after_sending
FROM recipients
WHERE event_type = 'Complaint' AND {happened}
ORDER BY event_time DESC, message_id, recipient, event_id
LIMIT {limit}
