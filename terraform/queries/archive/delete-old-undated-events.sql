DELETE FROM event_archive
WHERE event_time IS NULL AND all_match(map_keys(places),
  object -> regexp_extract(object, 'dt=([0-9]{4}-[0-9]{2}-[0-9]{2})/', 1) < CAST(date_add('day', -(${archive_retention_days}), current_date) AS varchar))
