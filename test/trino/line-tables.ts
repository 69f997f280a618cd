import { catalog, schema, type Trino } from './trino';

/** The partitions of the tables. */
const partitionsUntil = (lastDay: string) => `
  dt varchar WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2026-08-01', '${lastDay}']),
  hour varchar WITH (partition_projection_type = 'integer', partition_projection_range = ARRAY['0', '23'], partition_projection_digits = 2)`;

/** The properties of both tables: lines of text without a separator, with projected partitions. */
const text =
  "format = 'TEXTFILE', textfile_field_separator = U&'\\0001', partition_projection_enabled = true";

/**
 * Creates the tables of lines over `events/` and `errors/` in a folder of the server.
 *
 * @param lastDay the last day of arrival. The first is 2026-08-01
 */
async function createLineTables(trino: Trino, folder: string, lastDay = '2026-08-31'): Promise<void> {
  const partitions = partitionsUntil(lastDay);
  await trino.query(`CREATE SCHEMA ${catalog}.${schema} WITH (location = 'local:///metastore/${schema}')`);
  await trino.query(`
    CREATE TABLE event_lines (line varchar, ${partitions})
    WITH (${text}, external_location = 'local:///${folder}/events', partitioned_by = ARRAY['dt', 'hour'])`);
  const location = `local:///${folder}/errors/\${error_type}/dt=\${dt}/hour=\${hour}/`;
  await trino.query(`
    CREATE TABLE error_lines (
      line varchar,
      error_type varchar WITH (partition_projection_type = 'enum', partition_projection_values = ARRAY['processing-failed', 'format-conversion-failed']),
      ${partitions}
    )
    WITH (${text}, external_location = 'local:///${folder}/errors', partitioned_by = ARRAY['error_type', 'dt', 'hour'],
      partition_projection_location_template = '${location}')`);
}

export { createLineTables };
