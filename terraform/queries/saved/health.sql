SELECT
  sent, delivered, bounced, bounce_rate,
  CASE WHEN bounce_rate >= 0.1 THEN 'danger' WHEN bounce_rate >= 0.05 THEN 'review' WHEN bounce_rate < 0.05 THEN 'ok' END AS bounce_verdict,
  soft_bounced, suppressed, complained, complaint_rate,
  CASE WHEN complaint_rate >= 0.005 THEN 'danger' WHEN complaint_rate >= 0.001 THEN 'review' WHEN complaint_rate < 0.001 THEN 'ok' END AS complaint_verdict,
  delivered_messages,
  CAST(opened AS double) / nullif(delivered_messages, 0) AS open_rate,
  CAST(human_opened AS double) / nullif(delivered_messages, 0) AS human_open_rate,
  CAST(clicked AS double) / nullif(delivered_messages, 0) AS click_rate,
  CAST(human_clicked AS double) / nullif(delivered_messages, 0) AS human_click_rate
FROM (
  SELECT
    *, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
    CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
  FROM (
    SELECT
      count(*) FILTER (WHERE sent) AS sent,
      count(*) FILTER (WHERE delivered) AS delivered,
      count(*) FILTER (WHERE bounced) AS bounced,
      count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
      count(*) FILTER (WHERE suppressed) AS suppressed,
      count(*) FILTER (WHERE complained) AS complained
    FROM emails
    WHERE true
  ) counted
) rated
CROSS JOIN (
  SELECT
    count(*) FILTER (WHERE deliveries > 0) AS delivered_messages,
    count(*) FILTER (WHERE opens > 0) AS opened,
    count(*) FILTER (WHERE human_opens > 0) AS human_opened,
    count(*) FILTER (WHERE clicks > 0) AS clicked,
    count(*) FILTER (WHERE human_clicks > 0) AS human_clicked
  FROM messages
  WHERE true
) read
ORDER BY sent
