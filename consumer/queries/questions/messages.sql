-- title: Find messages
-- description: One row per message, newest first. The filter by recipient matches an address exactly, or with `@example.com` every address in the domain. The filter by subject matches a part of the subject as in the record, so it does not match words that are MIME-encoded there. Both ignore letter case.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account, recipient, subject, status, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: sent_at | time | Send time of the message.
-- column: status | text | Furthest status that the message reached, as in `statuses`.
-- column: first_recipient | text | First recipient of the message, in the spelling of the record.
-- column: recipients | count | Recipients of the message.
-- column: subject | header | Subject of the message; NULL if no record contains one.
-- column: message_id | text | Id of the message, for `ses-events trace`.
-- column: source | raw | Sender in the spelling of the record. Tables omit this column.
-- column: source_name | header | Display name of the sender; NULL if there is none. Tables and CSV decode MIME-encoded words.
-- column: source_address | text | Address of the sender in lower case, without the display name. If `source` has no known form, its whole text.
-- column: configuration_set | text | Configuration set of the message.
-- column: last_event_at | time | Time of the newest event of the message.

WITH found AS (
  SELECT message_id, min(mail_timestamp) AS found_at, count(*) OVER () AS found_in_all
  FROM unique_events
  WHERE message_id IS NOT NULL AND {found}
  GROUP BY message_id
  ORDER BY found_at DESC NULLS LAST, message_id
  LIMIT {foundLimit}
)
SELECT
  sent_at, status, first_recipient, recipients, subject, message_id, source, source_name, source_address,
  configuration_set, last_event_at
FROM ({messages_in found}) shown
WHERE {status}
ORDER BY sent_at DESC NULLS LAST, message_id
LIMIT {limit}
