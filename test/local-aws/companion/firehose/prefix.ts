import { randomBytes } from 'node:crypto';

/** Values for the expressions of a prefix. */
interface PrefixValues {
  /** Approximate arrival of the oldest record in the object. */
  arrival: Date;
  /**
   * Name of a time zone.
   * @default 'UTC'
   */
  timeZone?: string | undefined;
  /** The kind of failure, such as `processing-failed`. Only for error prefixes. */
  errorOutputType?: string | undefined;
}

/** Maximum length of an evaluated prefix. */
const maxCharacters = 512;

/** The default time expression, which AWS appends to a prefix without one. */
const defaultTime = '!{timestamp:yyyy/MM/dd/HH/}';

const expression = /!\{(?:([^:{}]+):([^{}]*)\}|)/g;
const timestampExpression = /!\{timestamp:/;

/** Supported letters of Java's DateTimeFormatter, with their parts of a time. */
const fields: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
  yyyy: 'year',
  MM: 'month',
  dd: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
};

/**
 * Formats a time like a Java DateTimeFormatter: `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss`, and texts in single quotes.
 * @example formatTime("yyyy-MM-dd'T'HH", new Date(0), 'UTC') // '1970-01-01T00'
 * @throws {RangeError} for other letters and unknown time zones
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
        `unsupported letters "${found}" in the time format "${pattern}" (supported: ${Object.keys(fields).join(', ')})`,
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
    throw new RangeError(`unsupported expression "${found}" in the prefix "${prefix}"`);
  });
  if (evaluated.length > maxCharacters) {
    throw new RangeError(
      `the evaluated prefix "${prefix}" has ${evaluated.length} characters (maximum: ${maxCharacters})`,
    );
  }
  return evaluated;
}

/**
 * Evaluates a prefix of keys. The time is the arrival of the oldest record. It is appended,
 * without a slash before it, when the prefix contains no time.
 * @param prefix empty for the default, `yyyy/MM/dd/HH/`
 * @example evaluatePrefix('events/dt=!{timestamp:yyyy-MM-dd}/', { arrival: new Date(0) }) // 'events/dt=1970-01-01/'
 * @throws {RangeError} for unsupported expressions and more than 512 characters
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
function evaluatePrefix(prefix: string, values: Omit<PrefixValues, 'errorOutputType'>): string {
  return evaluate(timestampExpression.test(prefix) ? prefix : `${prefix}${defaultTime}`, values);
}

/**
 * Evaluates the prefix of failed records. Without an error prefix, it is the data prefix, then the kind of failure and
 * the time. AWS allows that only when the data prefix has no expressions.
 * @param errorPrefix undefined or empty when there is none
 * @example evaluateErrorPrefix('errors/!{firehose:error-output-type}/', '', { arrival, errorOutputType })
 * @throws {RangeError} like `evaluatePrefix`, and for expressions without the kind of failure
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
    throw new RangeError(`the expressions in the prefix "${prefix}" require an error prefix`);
  }
  return evaluate(`${given === '' ? prefix : given}!{firehose:error-output-type}/${defaultTime}`, values);
}

export { evaluateErrorPrefix, evaluatePrefix, formatTime };
