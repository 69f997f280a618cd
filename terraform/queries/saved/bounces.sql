SELECT
  bounce_class, bounce_type, bounce_sub_type, domain,
  count(DISTINCT message_id || ' ' || address) AS emails,
  CAST(count(DISTINCT message_id || ' ' || address) AS double) / sum(count(DISTINCT message_id || ' ' || address)) OVER () AS share,
  min(diagnostic_code) AS example
FROM recipients
WHERE event_type = 'Bounce' AND true
GROUP BY bounce_class, bounce_type, bounce_sub_type, domain
ORDER BY emails DESC, bounce_class, bounce_type, bounce_sub_type, domain
LIMIT 100
