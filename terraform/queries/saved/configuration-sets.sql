SELECT
  configuration_set, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate,
  rejected, not_rendered
FROM (
  SELECT
    configuration_set,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE rejected) AS rejected,
    count(*) FILTER (WHERE not_rendered) AS not_rendered
  FROM emails
  WHERE true
  GROUP BY configuration_set
) counted
ORDER BY sent DESC, configuration_set NULLS LAST
LIMIT 100
