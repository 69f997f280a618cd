/** The tables from which lines are read. */
interface LineTables {
  /** The table of delivered lines, with the columns `line`, `dt` and `hour`. Quoted if necessary. */
  events: string;
  /** The table of lines below the errors prefix. */
  errors: string;
  /** A condition on the partitions of both. */
  where?: string | undefined;
}

/** The part of a line that determines the event's identity. The reader strips the same characters. */
const stripped = (line: string) => `regexp_replace(${line}, '^[ \\t\\r\\n]+|[ \\t\\r\\n]+$', '')`;

/**
 * Selects the lines of both tables with their objects and their days of arrival, `dt`. A record that Firehose
 * could not deliver is in an error record, in base64, and can contain several lines.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/retry.html
 */
function foundLines({ events, errors, where = 'true' }: LineTables): string {
  const rawData = `from_utf8(from_base64(json_extract_scalar(line, '$.rawData')))`;
  return `
    SELECT ${stripped('line')} AS line, "$path" AS object, dt FROM ${events} WHERE ${where}
    UNION ALL
    SELECT ${stripped('raw_line')} AS line, object, dt
    FROM (
      SELECT coalesce(TRY(split(${rawData}, chr(10))), ARRAY[line]) AS raw_lines, "$path" AS object, dt
      FROM ${errors} WHERE ${where}
    ) decoded
    CROSS JOIN UNNEST(raw_lines) AS raw (raw_line)`;
}

export { foundLines, type LineTables };
