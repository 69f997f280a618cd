CREATE TABLE IF NOT EXISTS archive_tombstones (
  address_hash string,
  pseudonym string,
  salt string,
  removed boolean,
  forgotten_at timestamp
)
LOCATION 's3://${bucket_id}/${archive_prefix}archive_tombstones/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '21600')
