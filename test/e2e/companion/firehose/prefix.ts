import { randomBytes } from 'node:crypto';

/** What a prefix is evaluated with. */
interface PrefixValues {
  /** Approximate arrival of the oldest record of the object. */
  arrival: Date;
  /**
   * A time zone's name.
   * @default 'UTC'
   */
  timeZone?: string | undefined;
  /** The kind of failure, `processing-failed` for example; only an error prefix knows it. */
  errorOutputType?: string | undefined;
}

/** An evaluated prefix may not be longer. */
const maxCharacters = 512;

/** What AWS appends to a prefix that names no time. */
const defaultTime = '!{timestamp:yyyy/MM/dd/HH/}';

const expression = /!\{(?:([^:{}]+):([^{}]*)\}|)/g;
const timestampExpression = /!\{timestamp:/;

/** The parts of a time that the letters of Java's DateTimeFormatter stand for, as far as prefixes use them. */
const fields: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
  yyyy: 'year',
  MM: 'month',
  dd: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
};

/**
 * A time in the form of a Java DateTimeFormatter: `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss`, and texts in single quotes.
 * @example formatTime("yyyy-MM-dd'T'HH", new Date(0), 'UTC') // '1970-01-01T00'
 * @throws {RangeError} on other letters, and on a time zone that there is not
 * @see https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html
 */
function formatTime(pattern: string, time: Date, timeZone = 'UTC'): string {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (found, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    const field = fields[found];
    if (field === undefined) {
      throw new RangeError(
        `the letters "${found}" of the time "${pattern}" are not known; known are ${Object.keys(fields).join(', ')}`,
      );
    }
    return parts.get(field) ?? '';
  });
}

function evaluate(prefix: string, { arrival, timeZone, errorOutputType }: PrefixValues): string {
  const evaluated = prefix.replace(expression, (found, namespace?: string, value = '') => {
    if (namespace === 'timestamp') return formatTime(value, arrival, timeZone);
    if (namespace === 'firehose' && value === 'random-string') return randomBytes(6).toString('hex').slice(1);
    if (namespace === 'firehose' && value === 'error-output-type' && errorOutputType !== undefined) {
      return errorOutputType;
    }
    throw new RangeError(`"${found}" in the prefix "${prefix}" is no expression that is evaluated here`);
  });
  if (evaluated.length > maxCharacters) {
    throw new RangeError(
      `the prefix "${prefix}" has ${evaluated.length} characters once evaluated, at most ${maxCharacters} are allowed`,
    );
  }
  return evaluated;
}

/**
 * The beginning of an object's key, evaluated: the time is that of the oldest record's arrival, and is appended,
 * without a slash before it, where the prefix names none.
 * @param prefix empty for the default, `yyyy/MM/dd/HH/`
 * @example evaluatePrefix('events/dt=!{timestamp:yyyy-MM-dd}/', { arrival: new Date(0) }) // 'events/dt=1970-01-01/'
 * @throws {RangeError} on an expression that is not evaluated here, and on more than 512 characters
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
function evaluatePrefix(prefix: string, values: Omit<PrefixValues, 'errorOutputType'>): string {
  return evaluate(timestampExpression.test(prefix) ? prefix : `${prefix}${defaultTime}`, values);
}

/**
 * The same for records that failed. Without an error prefix the data's prefix is used, then the kind of failure and
 * the time; AWS allows that only where the data's prefix has no expressions.
 * @param errorPrefix undefined or empty when there is none
 * @example evaluateErrorPrefix('errors/!{firehose:error-output-type}/', '', { arrival, errorOutputType })
 * @throws {RangeError} as `evaluatePrefix`, and when expressions are there without the kind of failure
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
function evaluateErrorPrefix(
  errorPrefix: string | undefined,
  prefix: string,
  values: Required<Pick<PrefixValues, 'errorOutputType'>> & PrefixValues,
): string {
  const given = errorPrefix ?? '';
  if (given.includes('!{')) {
    if (given.includes('!{firehose:error-output-type}')) return evaluate(given, values);
    throw new RangeError(`the error prefix "${given}" has expressions without !{firehose:error-output-type}`);
  }
  if (given === '' && prefix.includes('!{')) {
    throw new RangeError(`there is no error prefix, which the expressions of the prefix "${prefix}" ask for`);
  }
  return evaluate(`${given === '' ? prefix : given}!{firehose:error-output-type}/${defaultTime}`, values);
}

export { evaluateErrorPrefix, evaluatePrefix, formatTime };
