import { sqlText } from '../../archive/dialects/literals';

/** The most rows of an answer; `all` is no limit. */
type Limit = number | 'all';

/** Which parameters questions may have, and what their values are. */
interface ParameterValues {
  since?: Date | undefined;
  until?: Date | undefined;
  configurationSet?: string | undefined;
  domain?: string | undefined;
  tag?: { name: string; value: string } | undefined;
  /** @default 100, of questions that have the parameter; the others have no limit */
  limit?: Limit | undefined;
}

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

/** A time as an SQL literal of both engines. */
function timeLiteral(time: Date): string {
  return `TIMESTAMP '${time.toISOString().slice(0, -1).replace('T', ' ')}'`;
}

/** The conditions that the time in a column lies in a window. */
function timeConditions(time: string, { since, until }: Pick<ParameterValues, 'since' | 'until'>): string[] {
  return [
    ...(since === undefined ? [] : [`${time} >= ${timeLiteral(since)}`]),
    ...(until === undefined ? [] : [`${time} < ${timeLiteral(until)}`]),
  ];
}

/** The condition on rows that have the event's columns, by the time in a column. */
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
 * What stands for the parameters in a question's text: `{happened}` filters by when events happened, `{sent}` by when
 * messages and emails were sent, each with the other parameters as well.
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
