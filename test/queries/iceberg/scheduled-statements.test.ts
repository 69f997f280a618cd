import { scheduledStatements } from '../../../consumer/queries/iceberg/scheduled-statements';

const options = { location: 's3://email-events/archive/', lateDays: 2 };
const sqlOf = (name: string, more = {}) =>
  scheduledStatements({ ...options, ...more }).find((statement) => statement.name === name)?.sql ?? '';

describe('the statements of the schedule', () => {
  // As in the grammar of Athena, which Trino does not have.
  it.each([
    ['compact-files', 'OPTIMIZE event_archive REWRITE DATA USING BIN_PACK'],
    ['compact-windows', 'OPTIMIZE archive_windows REWRITE DATA USING BIN_PACK'],
    ['remove-old-files', 'VACUUM event_archive'],
    ['remove-old-windows', 'VACUUM archive_windows'],
  ])('%s is %s', (name, sql) => {
    expect(sqlOf(name)).toBe(sql);
  });

  it('create a table in the form of Athena', () => {
    expect(sqlOf('create-windows')).toBe(
      [
        'CREATE TABLE IF NOT EXISTS archive_windows (',
        '  arrival_day date,',
        '  events bigint,',
        '  unreadable_lines bigint,',
        '  unreadable_objects bigint,',
        '  other_objects array<string>,',
        '  recorded_at timestamp',
        ')',
        "LOCATION 's3://email-events/archive/archive_windows/'",
        "TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '21600')",
      ].join('\n'),
    );
    expect(sqlOf('create-archive')).toContain('\nPARTITIONED BY (day(event_time), bucket(6, event_type))\n');
    expect(sqlOf('create-archive')).toContain('\n  raw binary,\n  places map<string, bigint>\n)');
  });

  it('merge days that are not recorded, up to yesterday, and record days whose objects have arrived', () => {
    const bounds = (last: string) =>
      `dt >= CAST(date_add('day', -(2 + 3), current_date) AS varchar) AND dt <= CAST(date_add('day', -(${last}), current_date) AS varchar) AND dt IN (`;
    for (const name of ['merge-events', 'merge-other-events']) expect(sqlOf(name)).toContain(bounds('1'));
    expect(sqlOf('record-windows')).toContain(bounds('2'));
    for (const name of ['merge-events', 'merge-other-events', 'record-windows'])
      expect(sqlOf(name)).toContain('WHERE day NOT IN (SELECT arrival_day FROM archive_windows)');
  });

  it('merge the other events when the merge before them has ended or Athena has cancelled it', () => {
    const minutes = (name: string) =>
      scheduledStatements(options).find((statement) => statement.name === name)?.minutesAfter ?? Number.NaN;
    expect(minutes('merge-other-events')).toBeGreaterThanOrEqual(minutes('merge-events') + 30);
    expect(minutes('record-windows')).toBeGreaterThanOrEqual(minutes('merge-other-events') + 30);
  });

  it('delete events only with a retention', () => {
    const deletions = (more: object) =>
      scheduledStatements({ ...options, ...more }).filter(({ sql }) => sql.startsWith('DELETE'));
    expect(deletions({})).toEqual([]);
    expect(deletions({ retentionDays: 400 }).map(({ sql }) => sql.includes('-(400)'))).toEqual([true, true]);
  });

  it('run in the order of the list', () => {
    const minutes = scheduledStatements({ ...options, retentionDays: 400 }).map(
      ({ minutesAfter }) => minutesAfter,
    );
    expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
  });
});
