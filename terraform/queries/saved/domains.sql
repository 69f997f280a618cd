SELECT
  domain, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  soft_bounced, complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate, delayed
FROM (
  SELECT
    domain,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE delayed) AS delayed
  FROM emails
  WHERE true
  GROUP BY domain
) counted
ORDER BY bounced + complained DESC, sent DESC, domain NULLS LAST
LIMIT 100
