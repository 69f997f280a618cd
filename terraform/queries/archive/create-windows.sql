CREATE TABLE IF NOT EXISTS archive_windows (
  arrival_day date,
  events bigint,
  unreadable_lines bigint,
  unreadable_objects bigint,
  other_objects array<string>,
  recorded_at timestamp
)
LOCATION 's3://${bucket_id}/${archive_prefix}archive_windows/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '21600')
