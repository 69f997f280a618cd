import { InvalidArgumentError } from 'commander';

/** A parser that takes what has the form, and otherwise says what is wanted. */
function textOf(form: RegExp, wanted: string): (text: string) => string {
  return (text) => {
    if (!form.test(text)) throw new InvalidArgumentError(wanted);
    return text;
  };
}

/**
 * A configuration set's name.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
 */
const parseConfigurationSet = textOf(
  /^[\w-]{1,64}$/,
  "a configuration set's name, not its ARN, has 1 to 64 letters, digits, _ and -",
);

/** A region's name. */
const parseRegion = textOf(
  /^(cn|us-gov|[a-z]{2})-[a-z]+-\d$/,
  'write a region such as eu-west-1, cn-north-1 or us-gov-west-1',
);

export { parseConfigurationSet, parseRegion, textOf };
