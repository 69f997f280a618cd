const isoLike =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:[Zz]|([+-]\d\d):?(\d\d)?)?$/;

/**
 * Parses a timestamp of an event record.
 *
 * Accepts ISO 8601 as AWS documents it, and the variants that occur. They have no fraction or up to nine
 * digits, an offset (`-07:00`), or ` +0000` after a space. A timestamp without a zone is UTC, never the local
 * time zone.
 *
 * @returns the time to the millisecond, or undefined for an invalid timestamp
 *
 * @example
 * ```ts
 * parseTimestamp('2018-10-08T14:05:45 +0000')?.toISOString(); // '2018-10-08T14:05:45.000Z'
 * ```
 */
function parseTimestamp(text: string): Date | undefined {
  const match = isoLike.exec(text);
  if (match === null) return undefined;
  const [, day = '', minute, second = '00', fraction = '', offsetHours, offsetMinutes = '00'] = match;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const offset = offsetHours === undefined ? 'Z' : `${offsetHours}:${offsetMinutes}`;
  const date = new Date(`${day}T${minute}:${second}.${millis}${offset}`);
  if (Number.isNaN(date.getTime())) return undefined;
  // The engine parses 30 February as 2 March.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? date : undefined;
}

export { parseTimestamp };
