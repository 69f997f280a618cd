SELECT event_id, event_type, event_time, configuration_set, message_id,
          TRY(CAST(date_parse(regexp_extract(object, '-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-', 1), '%Y-%m-%d-%H-%i-%s') AS timestamp(3))) AS delivered_at, occurrences
        FROM events
