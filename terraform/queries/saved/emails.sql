SELECT sent_at, address, concat_ws(', ', CASE WHEN sent THEN 'sent' END, CASE WHEN delivered THEN 'delivered' END, CASE WHEN bounced THEN 'bounced' END, CASE WHEN soft_bounced THEN 'soft_bounced' END, CASE WHEN suppressed THEN 'suppressed' END, CASE WHEN complained THEN 'complained' END, CASE WHEN delayed THEN 'delayed' END, CASE WHEN rejected THEN 'rejected' END, CASE WHEN not_rendered THEN 'not_rendered' END) AS outcomes, configuration_set, message_id
FROM emails
WHERE true AND true
ORDER BY sent_at DESC NULLS LAST, message_id, address
LIMIT 100
