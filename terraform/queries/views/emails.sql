SELECT message_id, address, min(domain) AS domain, min(mail_timestamp) AS sent_at,
      min(configuration_set) AS configuration_set, min(source) AS source,
      bool_or(outcome = 'sent') AS sent,
      bool_or(outcome = 'delivered') AS delivered,
      bool_or(outcome = 'bounced') AS bounced,
      bool_or(outcome = 'soft_bounced') AS soft_bounced,
      bool_or(outcome = 'suppressed') AS suppressed,
      bool_or(outcome = 'complained') AS complained,
      bool_or(outcome = 'delayed') AS delayed,
      bool_or(outcome = 'rejected') AS rejected,
      bool_or(outcome = 'not_rendered') AS not_rendered
    FROM recipients
    WHERE event_type IN ('Send', 'Delivery', 'Bounce', 'Complaint', 'DeliveryDelay', 'Reject', 'Rendering Failure')
    GROUP BY message_id, address
