SELECT regexp_extract(object, '([^/]+)$', 1) AS object, TRY(CAST(date_parse(regexp_extract(object, '-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-', 1), '%Y-%m-%d-%H-%i-%s') AS timestamp(3))) AS delivered_at
        FROM (
    SELECT object FROM event_archive CROSS JOIN UNNEST(map_keys(places)) AS keys (object)
    UNION SELECT object FROM archive_windows CROSS JOIN UNNEST(other_objects) AS others (object) UNION SELECT object FROM (
    SELECT regexp_replace(line, '^[ \t\r\n]+|[ \t\r\n]+$', '') AS line, "$path" AS object, dt FROM event_lines WHERE dt IN (
    SELECT CAST(day AS varchar) FROM UNNEST(sequence(date_add('day', -9000, current_date), date_add('day', 1, current_date))) AS days (day)
    WHERE day NOT IN (SELECT arrival_day FROM archive_windows))
    UNION ALL
    SELECT regexp_replace(raw_line, '^[ \t\r\n]+|[ \t\r\n]+$', '') AS line, object, dt
    FROM (
      SELECT coalesce(TRY(split(from_utf8(from_base64(json_extract_scalar(line, '$.rawData'))), chr(10))), ARRAY[line]) AS raw_lines, "$path" AS object, dt
      FROM error_lines WHERE dt IN (
    SELECT CAST(day AS varchar) FROM UNNEST(sequence(date_add('day', -9000, current_date), date_add('day', 1, current_date))) AS days (day)
    WHERE day NOT IN (SELECT arrival_day FROM archive_windows))
    ) decoded
    CROSS JOIN UNNEST(raw_lines) AS raw (raw_line)) found) paths
