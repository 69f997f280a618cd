const day = 24 * 60 * 60 * 1000;

/** An offset in the format of `Intl`: `GMT`, `GMT+05:45` or, before there were zones, `GMT-00:01:15`. */
const offsetForm = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** The formats of zones that were used, because creating one takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the difference between the local time of a zone and UTC, in milliseconds. */
function offsetAt(time: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = offsetForm.exec(name) ?? [];
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

/** Returns the local time of a zone, in the UTC fields of a `Date`. */
function localTime(time: Date, zone: string): Date {
  return new Date(time.getTime() + offsetAt(time.getTime(), zone));
}

/**
 * Returns the time at which a zone has a local time.
 *
 * - A local time that occurs twice, because clocks went back, is the first.
 * - A local time that does not exist, because clocks went forward, is later by the length of the gap: 02:30 is
 *   03:30. So a day without 00:00 begins at its first moment.
 *
 * @param local the local time, in its UTC fields
 */
function timeOfLocal(local: Date, zone: string): Date {
  const clock = local.getTime();
  const [first, second] = [clock - day, clock + day].map((near) => clock - offsetAt(near, zone));
  const exists = (time = Number.NaN) => time + offsetAt(time, zone) === clock;
  return new Date((exists(first) || !exists(second) ? first : second) ?? clock);
}

export { localTime, timeOfLocal };
