SELECT
  event_time AS complained_at, recipient, complaint_feedback_type AS feedback_type, complaint_sub_type,
  source, source_name, source_address, subject, configuration_set, message_id,
  CAST(date_diff('millisecond', mail_timestamp, event_time) AS double) / 3600000 AS hours_after_sending
FROM recipients
WHERE event_type = 'Complaint' AND true
ORDER BY event_time DESC, message_id, recipient, event_id
LIMIT 100
