import { sqlText } from '../../archive/dialects/literals';

/** Maximum number of rows in an answer; `all` for no limit. */
type Limit = number | 'all';

/** The parameters of questions and their values. */
interface ParameterValues {
  since?: Date | undefined;
  until?: Date | undefined;
  configurationSet?: string | undefined;
  domain?: string | undefined;
  tag?: { name: string; value: string } | undefined;
  /** @default 100 for questions with this parameter; the others have no limit */
  limit?: Limit | undefined;
}

/** The name of a parameter, as a property of `ParameterValues`. */
type ParameterName = keyof ParameterValues;

const parameterNames: readonly ParameterName[] = [
  'since',
  'until',
  'configurationSet',
  'domain',
  'tag',
  'limit',
];

const defaultLimit = 100;

/** Returns a time as an SQL literal for both engines. */
function timeLiteral(time: Date): string {
  return `TIMESTAMP '${time.toISOString().slice(0, -1).replace('T', ' ')}'`;
}

/** Returns the conditions that the time in a column is in a window. */
function timeConditions(time: string, { since, until }: Pick<ParameterValues, 'since' | 'until'>): string[] {
  return [
    ...(since === undefined ? [] : [`${time} >= ${timeLiteral(since)}`]),
    ...(until === undefined ? [] : [`${time} < ${timeLiteral(until)}`]),
  ];
}

/** Returns the condition on rows with the columns of the event, by the time in a column. */
function condition(time: string, values: ParameterValues): string {
  const { configurationSet, domain, tag } = values;
  const conditions = [
    ...timeConditions(time, values),
    ...(configurationSet === undefined ? [] : [`configuration_set = ${sqlText(configurationSet)}`]),
    ...(domain === undefined ? [] : [`domain = ${sqlText(domain.toLowerCase())}`]),
    ...(tag === undefined
      ? []
      : [
          `message_id IN (SELECT message_id FROM event_tags WHERE name = ${sqlText(tag.name)} AND value = ${sqlText(tag.value)})`,
        ]),
  ];
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/**
 * The placeholders in the text of a question. `{happened}` filters by the time of events, `{sent}` by the
 * send time of messages and emails. Both include the other parameters.
 */
const placeholders: Readonly<Record<string, (values: ParameterValues) => string>> = {
  '{happened}': (values) => condition('event_time', values),
  '{sent}': (values) => condition('sent_at', values),
  '{delivered}': (values) => condition('delivered_at', values),
  '{limit}': ({ limit = defaultLimit }) => (limit === 'all' ? 'ALL' : String(limit)),
};

export {
  defaultLimit,
  type Limit,
  type ParameterName,
  type ParameterValues,
  parameterNames,
  placeholders,
  timeConditions,
};
