-- title: Who complained, and about what?
-- description: Complaints, newest first. Providers redact: where a complaint names several recipients, each of them only may have complained.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: complained_at | time | When the report was made.
-- column: recipient | text | Who complained, or may have.
-- column: feedback_type | text | What the report calls it; `not-spam` is good news.
-- column: complaint_sub_type | text | Set when the address was on a suppression list.
-- column: source | raw | The sender as the record has it; a table leaves it out.
-- column: source_name | header | The sender's display name; MIME-encoded words are decoded in a table and in CSV.
-- column: source_address | text | The sender's address, in lower case.
-- column: subject | header | The message's subject.
-- column: configuration_set | text | The configuration set.
-- column: message_id | text | The message.
-- column: hours_after_sending | hours | Hours from sending to the complaint.

SELECT
  event_time AS complained_at, recipient, complaint_feedback_type AS feedback_type, complaint_sub_type,
  source, source_name, source_address, subject, configuration_set, message_id,
  CAST({milliseconds mail_timestamp; event_time} AS double) / 3600000 AS hours_after_sending
FROM recipients
WHERE event_type = 'Complaint' AND {happened}
ORDER BY event_time DESC, message_id, recipient, event_id
LIMIT {limit}
