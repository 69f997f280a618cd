/** What `parseTimestamp` understands, in the same parts. */
const isoLike =
  '^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,3})\\d{0,6})?)? ?(?:[Zz]|([+-]\\d\\d):?(\\d\\d)?)?$';

/** A time as SES writes it, which needs no taking apart. */
const exact = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}Z$';

/** A text as a timestamp in UTC, to the millisecond; NULL when it is none. No zone at all is UTC. */
function timestampValue(value: string): string {
  const part = (group: number) => `regexp_extract(${value}, '${isoLike}', ${group})`;
  const seconds = `coalesce(${part(3)}, '00') || '.' || rpad(coalesce(${part(4)}, '0'), 3, '0')`;
  const zone = `coalesce(${part(5)} || ':' || coalesce(${part(6)}, '00'), 'Z')`;
  const rebuilt = `${part(1)} || 'T' || ${part(2)} || ':' || ${seconds} || ${zone}`;
  const parsed = (text: string) =>
    `TRY(CAST(from_iso8601_timestamp(${text}) AT TIME ZONE 'UTC' AS timestamp(3)))`;
  return `CASE WHEN regexp_like(${value}, '${exact}') THEN ${parsed(value)} ELSE ${parsed(rebuilt)} END`;
}

export { timestampValue };
