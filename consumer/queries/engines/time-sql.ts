/** The range of a Date of JavaScript, in days from 1970. */
const maxDays = 100_000_000;
const maxMilliseconds = maxDays * 24 * 3_600_000;

/** The SQL for a time as text, in its forms. */
interface TimeSql {
  /** Whether `usual` has the same text as `any`. */
  isUsual: string;
  /** Faster than `any`. */
  usual: string;
  /** Whether JavaScript has a Date for it. */
  isDate: string;
  any: string;
}

function textSql(value: string, { isUsual, usual, isDate, any }: TimeSql): string {
  return `CASE WHEN ${isUsual} THEN ${usual} WHEN ${value} IS NULL THEN NULL
    WHEN isfinite(${value}) AND ${isDate} THEN ${any} ELSE error('a time is outside the range of dates') END`;
}

/** Returns the SQL for a year of a time in ISO 8601, as from `toISOString`. */
function yearSql(time: string): string {
  return `CASE WHEN year(${time}) BETWEEN 0 AND 9999 THEN strftime(${time}, '%Y') ELSE printf('%+07d', year(${time})) END`;
}

/**
 * Returns the SQL for a TIMESTAMP in ISO 8601 with milliseconds, as from `toISOString`. It fails for a time that a Date
 * cannot have, as the client does.
 */
function timestampSql(value: string): string {
  const milliseconds = `(epoch_us(${value}) // 1000)`; // rounds as the client does, toward 1970
  const time = `make_timestamp(${milliseconds} * 1000)`;
  const rest = '-%m-%dT%H:%M:%S.%gZ';
  return textSql(value, {
    isUsual: `${value} >= TIMESTAMP '1970-01-01' AND ${value} < TIMESTAMP '10000-01-01'`,
    usual: `strftime(${value}, '%Y${rest}')`,
    isDate: `${milliseconds} BETWEEN -${maxMilliseconds} AND ${maxMilliseconds}`,
    any: `concat(${yearSql(time)}, strftime(${time}, '${rest}'))`,
  });
}

/** Returns the SQL for a DATE in ISO 8601, as {@link timestampSql}. */
function daySql(value: string): string {
  return textSql(value, {
    isUsual: `${value} >= DATE '0001-01-01' AND ${value} < DATE '10000-01-01'`,
    usual: `${value}::VARCHAR`,
    isDate: `date_diff('day', DATE '1970-01-01', ${value}) BETWEEN -${maxDays} AND ${maxDays}`,
    any: `concat(${yearSql(value)}, strftime(${value}, '-%m-%d'))`,
  });
}

export { daySql, timestampSql };
