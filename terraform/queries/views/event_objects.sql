SELECT regexp_extract(object, '([^/]+)$', 1) AS object, TRY(CAST(date_parse(regexp_extract(object, '-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-', 1), '%Y-%m-%d-%H-%i-%s') AS timestamp(3))) AS delivered_at
        FROM (
          SELECT "$path" AS object FROM event_lines WHERE true
          UNION SELECT "$path" FROM error_lines WHERE true
        ) paths
