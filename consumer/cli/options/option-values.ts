import { InvalidArgumentError } from 'commander';
import type { Limit } from '../../queries/questions/parameters';

/** Creates a parser that accepts text of a form; the error shows the expected form. */
function textOf(form: RegExp, wanted: string): (text: string) => string {
  return (text) => {
    if (!form.test(text)) throw new InvalidArgumentError(wanted);
    return text;
  };
}

/** Creates a parser that accepts matching numbers; the error shows the expected numbers. */
function numberOf(isFit: (value: number) => boolean, wanted: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !isFit(value)) throw new InvalidArgumentError(wanted);
    return value;
  };
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isAmount = (value: number) => Number.isFinite(value) && value >= 0;

const parseCount = numberOf(isCount, 'write a whole number, 0 or more');
const parseSeconds = numberOf(isAmount, 'write a number of seconds, 0 or more');
const parsePrice = numberOf(isAmount, 'write a price in USD, 0 or more, such as 5 or 6.75');
const parseNumberOrAll = numberOf(isCount, 'write a whole number, 0 or more, or all');

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
  "a configuration set's name, not its ARN, has 1 to 64 letters, digits, _ and -",
);

/** Parses the name of a region. */
const parseRegion = textOf(
  /^(cn|us-gov|[a-z]{2})-[a-z]+-\d$/,
  'write a region such as eu-west-1, cn-north-1 or us-gov-west-1',
);

export { parseConfigurationSet, parseCount, parseLimit, parsePrice, parseRegion, parseSeconds, textOf };
