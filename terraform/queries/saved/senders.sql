SELECT
  source, CASE WHEN CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END IS NOT NULL THEN nullif(CASE WHEN strpos(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '"') = 1 THEN coalesce(regexp_extract(trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)), '(?s)^"(.*)"$', 1), trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1))) ELSE trim(substr(source, 1, length(source) - length(element_at(split(source, '<'), -1)) - 1)) END, '') END AS source_name, lower(coalesce(CASE WHEN strpos(source, '<') > 0 THEN regexp_extract(source, '<([^<>]+)>[ ]*$', 1) END, source)) AS source_address, sent, delivered, bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
FROM (
  SELECT
    source,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained
  FROM emails
  WHERE true
  GROUP BY source
) counted
ORDER BY sent DESC, source NULLS LAST
LIMIT 100
