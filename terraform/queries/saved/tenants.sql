WITH tenants AS (
  SELECT message_id, min(value) AS tenant
  FROM event_tags
  WHERE name = 'ses:tenant-name'
  GROUP BY message_id
),
counted AS (
  SELECT
    tenant,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE suppressed) AS suppressed,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE rejected) AS rejected,
    count(*) FILTER (WHERE not_rendered) AS not_rendered
  FROM emails LEFT JOIN tenants ON tenants.message_id = emails.message_id
  WHERE true
  GROUP BY tenant
)
SELECT
  tenant, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate, suppressed,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate,
  rejected, not_rendered
FROM counted
ORDER BY sent DESC, tenant NULLS LAST
LIMIT 100
