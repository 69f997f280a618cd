/** Returns the SQL for a finite DOUBLE as text, as `String` of JavaScript writes it. */
function finiteSql(value: string): string {
  const size = `abs(${value})`;
  const text = `${size}::VARCHAR`; // the same digits, but another form: 1.5e-05, 1e+16
  const digits = `replace(regexp_extract(${text}, '^[0-9.]+'), '.', '')`;
  const exponent = `regexp_extract(${text}, '[0-9]+$')::INTEGER`;
  return `CASE
    WHEN ${value} = trunc(${value}) AND ${size} < 1e16 THEN TRY_CAST(${value} AS BIGINT)::VARCHAR
    WHEN ${size} >= 1e-4 AND ${size} < 1e16 OR ${size} >= 1e21 THEN ${value}::VARCHAR
    WHEN ${size} < 1e-6 THEN replace(${value}::VARCHAR, 'e-0', 'e-')
    ELSE concat(
      CASE WHEN ${value} < 0 THEN '-' END,
      CASE WHEN ${size} < 1 THEN concat('0.', repeat('0', ${exponent} - 1), ${digits})
      ELSE rpad(${digits}, ${exponent} + 1, '0') END) END`;
}

/** Returns the SQL for a DOUBLE as `String` of JavaScript writes it. */
function numberSql(value: string): string {
  return `CASE WHEN isfinite(${value}) THEN ${finiteSql(value)} WHEN isnan(${value}) THEN 'NaN'
    WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`;
}

/** Returns the SQL for a DOUBLE as JSON, with the same characters as `JSON.stringify`. */
function jsonNumberSql(value: string): string {
  return `CASE WHEN isfinite(${value}) THEN ${finiteSql(value)} ELSE 'null' END`;
}

export { jsonNumberSql, numberSql };
