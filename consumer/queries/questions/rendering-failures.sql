-- title: Which templates could not be rendered?
-- description: Rendering failures by template and error.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: template_name | text | The template.
-- column: error_message | text | What was missing, in SES's words.
-- column: not_rendered | count | Emails whose template could not be rendered.
-- column: first_at | time | The first of them.
-- column: last_at | time | The last of them.

SELECT template_name, error_message, {emails} AS not_rendered, min(event_time) AS first_at, max(event_time) AS last_at
FROM recipients
WHERE event_type = 'Rendering Failure' AND {happened}
GROUP BY template_name, error_message
ORDER BY not_rendered DESC, template_name, error_message
LIMIT {limit}
