import { types } from 'node:util';

/**
 * Checks the value of an argument or an option, for callers without types.
 * @throws {TypeError} when it is wrong; the message has the name, the type of the value and the expected form
 */
type Check = (name: string, value: unknown) => void;

/** Formats a value that a caller passed, shortened, for the message of an error. */
function received(value: unknown): string {
  if (typeof value === 'string') return shortened(JSON.stringify(value));
  return receivedType(value);
}

/** Formats a value that a caller passed, for the message of an error. Texts can be personal, so only their type. */
function receivedType(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
  return shortened(String(value));
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Creates a check. */
function checkThat(isValid: (value: unknown) => boolean, expected: string): Check {
  return (name, value) => {
    if (!isValid(value)) throw new TypeError(`${name} must be ${expected}: received ${receivedType(value)}`);
  };
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const checkText = checkThat((value) => typeof value === 'string', 'a text');
const checkFunction = checkThat((value) => typeof value === 'function', 'a function');
const checkBoolean = checkThat((value) => typeof value === 'boolean', 'true or false');
const checkObject = checkThat(isObject, 'an object');
const checkSignal = checkThat(
  // Not instanceof: a program can have a signal of another realm.
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'addEventListener' in value &&
    typeof value.addEventListener === 'function',
  'an AbortSignal',
);
const checkAmount = checkThat((value) => typeof value === 'number' && value >= 0, 'a number, 0 or more');

/** Creates a check of a whole number. */
function checkWhole(min: number): Check {
  return checkThat(
    (value) => Number.isSafeInteger(value) && Number(value) >= min,
    `a whole number, ${min} or more`,
  );
}

/** Checks the path of an archive. */
const checkArchive = checkThat(
  (value) => typeof value === 'string' && value !== '',
  "the path of a file, such as 'ses-events.duckdb'",
);

function checkDate(name: string, value: unknown): void {
  if (!types.isDate(value)) {
    throw new TypeError(
      `${name} must be a Date, such as new Date('2026-03-01'): received ${received(value)}`,
    );
  }
  if (Number.isNaN(value.getTime())) throw new TypeError(`${name} is an invalid date`);
}

/**
 * Checks the options of a function, for callers without types. An option that is undefined has its default.
 *
 * @param checks the options of the function, with a check for each
 * @throws {TypeError} for options of another type, an unknown option or a wrong value
 *
 * @example
 * ```ts
 * checkOptions({ since: '2026-03-01' }, { since: checkDate }); // TypeError: since must be a Date, …
 * ```
 */
function checkOptions(options: unknown, checks: Readonly<Record<string, Check>>): void {
  checkObject('options', options);
  for (const [name, value] of Object.entries(options as object)) {
    // checked above
    if (value === undefined) continue;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) {
      throw new TypeError(
        `no such option: ${received(name)}, the options are ${Object.keys(checks).join(', ')}`,
      );
    }
    check(name, value);
  }
}

export {
  type Check,
  checkAmount,
  checkArchive,
  checkBoolean,
  checkDate,
  checkFunction,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
  checkThat,
  checkWhole,
  received,
  receivedType,
};
