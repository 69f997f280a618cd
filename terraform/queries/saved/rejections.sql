SELECT
  event_time AS rejected_at, reject_reason AS reason, source, source_name, source_address, recipient, subject, message_id
FROM recipients
WHERE event_type = 'Reject' AND true
ORDER BY event_time DESC, message_id, recipient
LIMIT 100
