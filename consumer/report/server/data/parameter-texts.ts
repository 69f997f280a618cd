import { QueryError } from '../../../queries/engines/engine';
import {
  isOutcome,
  isPeriod,
  isStatus,
  outcomeForm,
  type ParameterName,
  type ParameterValues,
  periodForm,
  statusForm,
} from '../../../queries/questions/parameters';
import { parseTimeAt } from '../../../queries/questions/time-text';
import { knownTimeZone } from '../../../queries/questions/time-zone';
import { fieldName } from './address-parameters';
import { InputError } from './input-error';

/** Rows of a table on a page without a limit, and with the highest one. */
const usualRows = 100;
const maxRows = 1_000;

function tagOf(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new QueryError('Expected name=value, such as campaign=welcome.');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit > maxRows)
    throw new QueryError(
      `Expected a whole number from 0 to ${maxRows.toLocaleString('en-US')}. The command has no limit.`,
    );
  return limit;
}

/** Creates a parser for a parameter with few values. */
function oneOf(isValue: (text: string) => boolean, form: string): (text: string) => string {
  return (text) => {
    if (!isValue(text)) throw new QueryError(`Expected ${form}.`);
    return text;
  };
}

/** Parsers of the parameters that are more than a text. */
const parsers: Readonly<
  Partial<Record<ParameterName, (text: string, now: Date, zone: string | undefined) => unknown>>
> = {
  since: parseTimeAt,
  until: parseTimeAt,
  tag: tagOf,
  by: oneOf(isPeriod, periodForm),
  status: oneOf(isStatus, statusForm),
  outcome: oneOf(isOutcome, outcomeForm),
  timezone: knownTimeZone,
  limit: limitOf,
};

/**
 * Parses the parameters in an address. An empty text means that there is no value, because forms send it.
 *
 * @param names the parameters of the page
 * @param now the time to which relative times refer
 * @throws {InputError} for a parameter that the page does not have, or a value that is not valid
 *
 * @example
 * ```ts
 * parameterTexts(new URLSearchParams('since=7d&domain=example.com'), ['since', 'domain'], now);
 * ```
 */
function parseParameters(
  query: URLSearchParams,
  names: readonly ParameterName[],
  now: Date,
): ParameterValues {
  const given = new Map([...query].filter(([, text]) => text !== ''));
  const fields = names.map(fieldName);
  const unknown = [...given.keys()].find((field) => !fields.includes(field));
  if (unknown !== undefined)
    throw new InputError(`This page has no parameter ${unknown}. It has ${fields.join(', ')}.`);
  const parse = (name: ParameterName, text: string, zone?: string): unknown => {
    try {
      return parsers[name]?.(text, now, zone) ?? text;
    } catch (error) {
      if (error instanceof QueryError) throw new InputError(`${fieldName(name)}: ${error.message}`);
      throw error;
    }
  };
  const zone = given.get('timezone');
  const timezone = zone === undefined ? undefined : String(parse('timezone', zone));
  const values = names.flatMap((name) => {
    const text = given.get(fieldName(name));
    return text === undefined ? [] : [[name, parse(name, text, timezone)]];
  });
  const { since, until, ...others }: ParameterValues = Object.fromEntries(values); // each parser returns its type
  if (since !== undefined && until !== undefined && since >= until)
    throw new InputError('since must be before until.');
  return { since, until, ...others };
}

export { maxRows, parseParameters, usualRows };
