import { sqlText } from '../../archive/dialects/literals';
import { accountSql, sourceRegionSql, tenantTag } from '../../archive/views/sending';
import { knownTimeZone } from './time-zone';

/** Maximum number of rows in an answer; `all` for no limit. */
type Limit = number | 'all';

/** A period of time that a row of an answer covers. Weeks begin on Monday. */
type Period = 'day' | 'week' | 'month';

/** The distance between two periods, as SQL. */
const periodSteps: Readonly<Record<Period, string>> = {
  day: "INTERVAL '1' DAY",
  week: "INTERVAL '7' DAY",
  month: "INTERVAL '1' MONTH",
};

const periods = Object.keys(periodSteps) as readonly Period[]; // Object.keys loses the key type

/** The form of a period, in errors. */
const periodForm = `one of ${periods.join(', ')}`;

const isPeriod = (value: unknown) => periods.some((period) => period === value);

/** The form of a limit, in errors. */
const limitForm = "a whole number, 0 or more, or 'all'";

const isLimit = (value: unknown) => value === 'all' || (Number.isSafeInteger(value) && Number(value) >= 0);

/**
 * Returns a limit as SQL.
 * @throws {TypeError} when it is not one, for callers without types: a text would run as SQL
 */
function limitSql({ limit = defaultLimit }: Pick<ParameterValues, 'limit'>): string {
  if (!isLimit(limit)) throw new TypeError(`limit must be ${limitForm}`);
  return limit === 'all' ? 'ALL' : String(limit);
}

/**
 * Returns the period of a row.
 * @throws {TypeError} when it is not one, for callers without types
 */
function periodOf({ by = 'week' }: Pick<ParameterValues, 'by'>): Period {
  if (!isPeriod(by)) throw new TypeError(`by must be ${periodForm}`);
  return by;
}

/** Returns the distance between two periods, as SQL. */
const periodStep = (values: Pick<ParameterValues, 'by'>) => periodSteps[periodOf(values)];

/**
 * Returns the time zone of days and longer periods.
 * @throws {QueryError} when it is not one
 */
function timeZoneOf({ timezone = 'UTC' }: Pick<ParameterValues, 'timezone'>): string {
  return knownTimeZone(timezone);
}

/** The parameters of questions and their values. */
interface ParameterValues {
  since?: Date | undefined;
  until?: Date | undefined;
  configurationSet?: string | undefined;
  domain?: string | undefined;
  tag?: { name: string; value: string } | undefined;
  /** Tenant of SES that sent the message: its message tag `ses:tenant-name`. */
  tenant?: string | undefined;
  /** Region of SES that sent the message, such as `eu-west-1`. A message without an ARN of its identity has none. */
  sourceRegion?: string | undefined;
  /** AWS account that sent the message: 12 digits. */
  account?: string | undefined;
  /** The only tag to list values of. */
  tagName?: string | undefined;
  /** @default 'week' */
  by?: Period | undefined;
  /**
   * IANA time zone of days, weeks and months, such as `Europe/Berlin`. Times in answers remain in UTC.
   * @default 'UTC'
   */
  timezone?: string | undefined;
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
  'tenant',
  'sourceRegion',
  'account',
  'tagName',
  'by',
  'timezone',
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

/** Returns the condition that a message has a value of a tag. */
function hasTag(messageId: string, { name, value }: { name: string; value: string }): string {
  return `${messageId} IN (SELECT message_id FROM event_tags WHERE name = ${sqlText(name)} AND value = ${sqlText(value)})`;
}

/** Returns the condition that an event of a message has a value. */
function hasValue(messageId: string, expression: string, value: string): string {
  return `${messageId} IN (SELECT message_id FROM unique_events WHERE ${expression} = ${sqlText(value)})`;
}

/**
 * Returns the condition on rows with the columns of the event, by the time in a column.
 * @param messageId the column with the id of the message, qualified where several tables have one
 */
function condition(time: string, values: ParameterValues, messageId = 'message_id'): string {
  const { configurationSet, domain, tag, tenant, sourceRegion, account } = values;
  const conditions = [
    ...timeConditions(time, values),
    ...(configurationSet === undefined ? [] : [`configuration_set = ${sqlText(configurationSet)}`]),
    ...(domain === undefined ? [] : [`domain = ${sqlText(domain.toLowerCase())}`]),
    ...(tag === undefined ? [] : [hasTag(messageId, tag)]),
    ...(tenant === undefined ? [] : [hasTag(messageId, { name: tenantTag, value: tenant })]),
    ...(sourceRegion === undefined ? [] : [hasValue(messageId, sourceRegionSql, sourceRegion)]),
    ...(account === undefined ? [] : [hasValue(messageId, accountSql, account)]),
  ];
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/**
 * The placeholders in the text of a question. `{happened}` filters by the time of events, `{sent}` by the
 * send time of messages and emails, and `{sentMessages}` does in a join with the view `messages`. All include the other
 * parameters.
 */
const placeholders: Readonly<Record<string, (values: ParameterValues) => string>> = {
  '{happened}': (values) => condition('event_time', values),
  '{sent}': (values) => condition('sent_at', values),
  '{sentMessages}': (values) => condition('sent_at', values, 'messages.message_id'),
  '{delivered}': (values) => condition('delivered_at', values),
  '{tagName}': ({ tagName }) => (tagName === undefined ? 'true' : `tag = ${sqlText(tagName)}`),
  '{by}': periodOf,
  '{limit}': limitSql,
};

export {
  defaultLimit,
  isLimit,
  isPeriod,
  type Limit,
  limitForm,
  type ParameterName,
  type ParameterValues,
  type Period,
  parameterNames,
  periodForm,
  periodStep,
  periods,
  placeholders,
  timeConditions,
  timeZoneOf,
};
