WITH found AS (
  SELECT message_id, min(mail_timestamp) AS found_at, count(*) OVER () AS found_in_all
  FROM unique_events
  WHERE message_id IS NOT NULL AND true
  GROUP BY message_id
  ORDER BY found_at DESC NULLS LAST, message_id
  LIMIT 100
)
SELECT
  sent_at, status, first_recipient, recipients, subject, message_id, source, source_name, source_address,
  configuration_set, last_event_at
FROM (SELECT *, CASE WHEN CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END IS NOT NULL THEN nullif(CASE WHEN strpos(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '"') = 1 THEN coalesce(regexp_extract(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '(?s)^"(.*)"$', 1), trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1))) ELSE trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)) END, '') END AS source_name, lower(coalesce(CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END, source)) AS source_address FROM (
    SELECT
      message_id,
      min(mail_timestamp) AS sent_at,
      min(configuration_set) AS configuration_set,
      min(source) AS source,
      min(subject) AS subject,
      max(cardinality(destination)) AS recipients,
      count(*) AS events,
      max(event_time) AS last_event_at,
      min(event_time) FILTER (WHERE event_type = 'Delivery') AS first_delivered_at,
      min(event_time) FILTER (WHERE event_type = 'DeliveryDelay') AS first_delayed_at,
      min(event_time) FILTER (WHERE outcome = 'bounced') AS first_bounced_at,
      min(event_time) FILTER (WHERE outcome = 'complained') AS first_complained_at,
      min(event_time) FILTER (WHERE event_type = 'Open') AS first_opened_at,
      min(event_time) FILTER (WHERE event_type = 'Click') AS first_clicked_at,
      count(*) FILTER (WHERE event_type = 'Send') AS sends,
      count(*) FILTER (WHERE event_type = 'Delivery') AS deliveries,
      count(*) FILTER (WHERE event_type = 'DeliveryDelay') AS delays,
      count(*) FILTER (WHERE event_type = 'Bounce') AS bounce_events,
      count(*) FILTER (WHERE event_type = 'Complaint') AS complaint_events,
      count(*) FILTER (WHERE event_type = 'Open') AS opens,
      count(*) FILTER (WHERE event_type = 'Open' AND NOT is_machine) AS human_opens,
      count(*) FILTER (WHERE event_type = 'Click') AS clicks,
      count(*) FILTER (WHERE event_type = 'Click' AND NOT is_machine) AS human_clicks,
      count(*) FILTER (WHERE event_type = 'Reject') AS rejects,
      count(*) FILTER (WHERE event_type = 'Rendering Failure') AS rendering_failures,
      CASE WHEN bool_or(outcome = 'complained') THEN 'complained' WHEN bool_or(outcome = 'bounced') THEN 'bounced' WHEN bool_or(outcome = 'suppressed') THEN 'suppressed' WHEN bool_or(event_type = 'Click') THEN 'clicked' WHEN bool_or(event_type = 'Open') THEN 'opened' WHEN bool_or(outcome = 'delivered') THEN 'delivered' WHEN bool_or(outcome = 'soft_bounced') THEN 'soft_bounced' WHEN bool_or(outcome = 'rejected') THEN 'rejected' WHEN bool_or(outcome = 'not_rendered') THEN 'not_rendered' WHEN bool_or(outcome = 'delayed') THEN 'delayed' ELSE 'sent' END AS status,
      min(element_at(destination, 1)) AS first_recipient,
      min(found_in_all) AS found_in_all
    FROM (
      SELECT unique_events.*, found_in_all, CASE event_type
    WHEN 'Send' THEN 'sent'
    WHEN 'Delivery' THEN 'delivered'
    WHEN 'Bounce' THEN CASE
      WHEN bounce_sub_type IN ('OnAccountSuppressionList', 'OnTenantSuppressionList') THEN 'suppressed'
      WHEN bounce_type = 'Permanent' THEN 'bounced'
      ELSE 'soft_bounced' END
    WHEN 'Complaint' THEN CASE
      WHEN complaint_sub_type IN ('OnAccountSuppressionList', 'OnTenantSuppressionList') THEN 'suppressed'
      WHEN complaint_feedback_type = 'not-spam' THEN 'not_spam'
      ELSE 'complained' END
    WHEN 'DeliveryDelay' THEN 'delayed'
    WHEN 'Reject' THEN 'rejected'
    WHEN 'Rendering Failure' THEN 'not_rendered'
  END AS outcome, CASE WHEN event_type NOT IN ('Open', 'Click') THEN NULL WHEN is_bot_event = 'Likely' THEN 'labelled-by-ses' WHEN user_agent = 'Mozilla/5.0' THEN 'mail-privacy-protection' WHEN strpos(lower(user_agent), 'bot') > 0 THEN 'crawler' WHEN strpos(lower(user_agent), 'crawler') > 0 THEN 'crawler' WHEN strpos(lower(user_agent), 'spider') > 0 THEN 'crawler' WHEN strpos(lower(user_agent), 'barracuda') > 0 THEN 'security-scanner' WHEN strpos(lower(user_agent), 'mimecast') > 0 THEN 'security-scanner' WHEN strpos(lower(user_agent), 'proofpoint') > 0 THEN 'security-scanner' WHEN strpos(lower(user_agent), 'symantec') > 0 THEN 'security-scanner' WHEN strpos(lower(user_agent), 'safelinks') > 0 THEN 'security-scanner' WHEN strpos(lower(user_agent), 'headlesschrome') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'phantomjs') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'python-requests') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'curl/') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'wget/') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'go-http-client') > 0 THEN 'automation' WHEN strpos(lower(user_agent), 'okhttp') > 0 THEN 'automation' END IS NOT NULL AS is_machine
      FROM unique_events JOIN found ON found.message_id = unique_events.message_id
    ) judged
    WHERE message_id IS NOT NULL
    GROUP BY message_id) summed) shown
WHERE true
ORDER BY sent_at DESC NULLS LAST, message_id
LIMIT 100
