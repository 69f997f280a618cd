import { InvalidArgumentError } from 'commander';
import type { Limit } from '../../queries/questions/parameters';

/** Creates a parser that accepts text of a form; the error shows the expected form. */
function textOf(form: RegExp, expected: string): (text: string) => string {
  return (text) => {
    if (!form.test(text)) throw new InvalidArgumentError(`Expected ${expected}.`);
    return text;
  };
}

/** Creates a parser that accepts matching numbers; the error shows the expected numbers. */
function numberOf(isValid: (value: number) => boolean, expected: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !isValid(value)) throw new InvalidArgumentError(`Expected ${expected}.`);
    return value;
  };
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isAmount = (value: number) => Number.isFinite(value) && value >= 0;

const parseCount = numberOf(isCount, 'a whole number, 0 or more');
const parseSeconds = numberOf(isAmount, 'a number of seconds, 0 or more');
const parseInterval = numberOf((value) => isAmount(value) && value >= 1, 'a number of seconds, 1 or more');
const parsePrice = numberOf(isAmount, 'a price in USD, 0 or more, such as 5 or 6.75');
/** Creates a parser that accepts whole numbers of a range. */
function integerIn(min: number, max: number): (text: string) => number {
  return numberOf(
    (value) => isCount(value) && value >= min && value <= max,
    `a whole number from ${min} to ${max}`,
  );
}

const parseNumberOrAll = numberOf(isCount, 'a whole number, 0 or more, or all');

/** Parses a number of rows, or `all`. */
function parseLimit(text: string): Limit {
  return text === 'all' ? text : parseNumberOrAll(text);
}

/**
 * Parses the name of a configuration set.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
 */
const parseConfigurationSet = textOf(
  /^[\w-]{1,64}$/,
  'the name of a configuration set, not its ARN: 1 to 64 letters, digits, _ and -',
);

/** Parses the name of a region. */
const parseRegion = textOf(
  /^(cn|us-gov|[a-z]{2})-[a-z]+-\d$/,
  'a region, such as eu-west-1, cn-north-1 or us-gov-west-1',
);

/** Parses the id of an AWS account. */
const parseAccount = textOf(/^\d{12}$/, 'an account id of 12 digits, such as 111122223333');

export {
  integerIn,
  parseAccount,
  parseConfigurationSet,
  parseCount,
  parseInterval,
  parseLimit,
  parsePrice,
  parseRegion,
  parseSeconds,
  textOf,
};
