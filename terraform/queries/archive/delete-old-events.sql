DELETE FROM event_archive
WHERE event_time >= TIMESTAMP '0001-01-01 00:00:00' AND event_time < date_add('day', -(${archive_retention_days}), current_date)
