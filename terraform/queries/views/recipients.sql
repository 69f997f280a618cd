SELECT *,
        CASE WHEN strpos(address, '@') > 0 THEN element_at(split(address, '@'), -1) END AS domain,
        CASE WHEN event_type <> 'Bounce' THEN NULL WHEN bounce_sub_type = 'Suppressed' THEN 'globally-suppressed' WHEN bounce_sub_type = 'OnAccountSuppressionList' THEN 'suppressed' WHEN bounce_sub_type = 'OnTenantSuppressionList' THEN 'suppressed' WHEN bounce_sub_type = 'EmailValidationSuppressed' THEN 'not-validated' WHEN bounce_sub_type = 'UnsubscribedRecipient' THEN 'unsubscribed' WHEN status_code LIKE '_.1.8' THEN 'sender-address' WHEN status_code LIKE '_.1.7' THEN 'sender-address' WHEN status_code LIKE '_.1._' THEN 'no-such-address' WHEN status_code LIKE '_.1.10' THEN 'no-such-address' WHEN status_code LIKE '_.2.2' THEN 'mailbox-full' WHEN status_code LIKE '_.2.3' THEN 'too-large' WHEN status_code LIKE '_.2._' THEN 'mailbox-unavailable' WHEN status_code LIKE '_.3.4' THEN 'too-large' WHEN status_code LIKE '_.3._' THEN 'server' WHEN status_code LIKE '_.4.7' THEN 'expired' WHEN status_code LIKE '_.4._' THEN 'network' WHEN status_code LIKE '_.5._' THEN 'protocol' WHEN status_code LIKE '_.6._' THEN 'content' WHEN status_code LIKE '_.7.%' THEN 'policy' WHEN bounce_sub_type = 'NoEmail' THEN 'no-such-address' WHEN bounce_sub_type = 'MailboxFull' THEN 'mailbox-full' WHEN bounce_sub_type = 'MessageTooLarge' THEN 'too-large' WHEN bounce_sub_type = 'ContentRejected' THEN 'content' WHEN bounce_sub_type = 'AttachmentRejected' THEN 'content' WHEN bounce_sub_type = 'CustomTimeoutExceeded' THEN 'expired' ELSE 'other' END AS bounce_class,
        CASE event_type
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
  END AS outcome,
        CASE WHEN CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END IS NOT NULL THEN nullif(CASE WHEN strpos(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '"') = 1 THEN coalesce(regexp_extract(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '(?s)^"(.*)"$', 1), trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1))) ELSE trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)) END, '') END AS source_name, lower(coalesce(CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END, source)) AS source_address
      FROM (
        SELECT *,
          lower(coalesce(CASE WHEN strpos(recipient, '<') > 0 THEN regexp_extract(recipient, '<([^<>]+)>[ ]*$', 1) END, recipient)) AS address,
          coalesce(status, regexp_extract(diagnostic_code, '(?:^|[^0-9.])([245][.][0-9]{1,3}[.][0-9]{1,3})(?:[^0-9.]|$)', 1)) AS status_code
        FROM (SELECT event_id, event_type, event_time, message_id, mail_timestamp, configuration_set, source, subject, bounce_type, bounce_sub_type, complaint_sub_type, complaint_feedback_type, delay_type, processing_time_millis, reject_reason, template_name, error_message, CASE WHEN event_type = 'Complaint' THEN 'candidates' WHEN event_type IN ('Send', 'Reject', 'Rendering Failure', 'Delivery') OR event_type IN ('Bounce', 'DeliveryDelay') OR event_type <> 'Unknown' AND cardinality(destination) = 1 THEN 'named' ELSE 'unknown' END AS attribution, CAST(element_at(item, 'emailAddress') AS varchar) AS recipient, CAST(element_at(item, 'action') AS varchar) AS action, CAST(element_at(item, 'status') AS varchar) AS status, CAST(element_at(item, 'diagnosticCode') AS varchar) AS diagnostic_code FROM unique_events CROSS JOIN UNNEST(CASE WHEN event_type NOT IN ('Bounce', 'Complaint', 'DeliveryDelay') THEN transform(CASE WHEN event_type = 'Delivery' THEN delivery_recipients WHEN event_type IN ('Send', 'Reject', 'Rendering Failure', 'Delivery') OR event_type <> 'Unknown' AND cardinality(destination) = 1 THEN destination ELSE ARRAY[CAST(NULL AS varchar)] END, text -> map(ARRAY['emailAddress'], ARRAY[CAST(text AS json)])) WHEN event_type = 'Bounce' THEN CAST(json_parse(bounced_recipients) AS array(map(varchar, json))) WHEN event_type = 'Complaint' THEN CAST(json_parse(complained_recipients) AS array(map(varchar, json))) WHEN event_type = 'DeliveryDelay' THEN CAST(json_parse(delayed_recipients) AS array(map(varchar, json))) END) AS listed (item) WHERE true) everybody
      ) known
