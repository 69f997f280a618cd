import { QueryError } from '../engines/engine';
import { closestName } from './closest-name';

/**
 * The form of the names of regions. Abbreviations such as `EST` are excluded: they are names of fixed offsets, or
 * ambiguous.
 */
const region = /^[a-z_]+(?:\/[\w+-]+){1,2}$/i;

/**
 * Returns the name of a time zone of the IANA database: `UTC` or a region, in any letter case. An older name of a
 * region remains as it is.
 *
 * @returns undefined for any other text
 * @example
 * ```ts
 * timeZoneName('europe/berlin'); // 'Europe/Berlin'
 * ```
 */
function timeZoneName(text: string): string | undefined {
  const lowerCase = text.toLowerCase();
  if (lowerCase === 'utc') return 'UTC';
  if (!region.test(text)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions();
    return timeZone.toLowerCase() === lowerCase ? timeZone : text;
  } catch {
    return undefined; // a RangeError: there is no such zone
  }
}

/** Returns the part of a name after the last slash, in lower case. */
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();

/** Minimum length of a text that is compared with parts of names. Shorter ones are often abbreviations. */
const minCompared = 5;

/** Returns the time zone that was probably meant: by its city, or by a close name. */
function closestTimeZone(text: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
  const names = new Map([
    ...zones.map((zone): [string, string] => [zone.toLowerCase(), zone]),
    ...zones.map((zone): [string, string] => [cityOf(zone), zone]),
  ]);
  const closest =
    wanted.length < minCompared ? undefined : closestName(wanted.slice(0, 100), [...names.keys()]);
  return names.get(wanted) ?? names.get(closest ?? '');
}

/**
 * Returns the name of a time zone.
 * @throws {QueryError} when it is unknown; the message suggests the closest name
 */
function knownTimeZone(text: string): string {
  const name = timeZoneName(text);
  if (name !== undefined) return name;
  const meant = closestTimeZone(text);
  const hint = meant === undefined ? ':' : `, did you mean ${meant}?`;
  throw new QueryError(
    `there is no time zone ${JSON.stringify(text)}${hint} Use UTC, or an IANA name such as Europe/Berlin`,
  );
}

export { closestTimeZone, knownTimeZone, timeZoneName };
