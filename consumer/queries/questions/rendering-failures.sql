-- title: Rendering failures by template
-- description: Emails that were not sent because SES could not render the template, by template and error.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: template_name | text | Name of the template.
-- column: error_message | text | Error message from SES, such as a missing attribute.
-- column: not_rendered | count | Emails whose template SES could not render.
-- column: first_at | time | Time of the first failure.
-- column: last_at | time | Time of the last failure.

SELECT template_name, error_message, {emails} AS not_rendered, min(event_time) AS first_at, max(event_time) AS last_at
FROM recipients
WHERE event_type = 'Rendering Failure' AND {happened}
GROUP BY template_name, error_message
ORDER BY not_rendered DESC, template_name, error_message
LIMIT {limit}
