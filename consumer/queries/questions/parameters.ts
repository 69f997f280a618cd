import { type MessageStatus, messageStatuses } from '../../archive/views/messages';
import { countedOutcomes } from '../../archive/views/outcome';
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

/** An outcome of an email, as the view `emails` has a column for each. */
type Outcome = (typeof countedOutcomes)[number];

/** The form of an outcome, in errors. */
const outcomeForm = `one of ${countedOutcomes.join(', ')}`;

const isOutcome = (value: unknown) => countedOutcomes.some((outcome) => outcome === value);

/** The form of a status, in errors. */
const statusForm = `one of ${messageStatuses.join(', ')}`;

const isStatus = (value: unknown) => messageStatuses.some((status) => status === value);

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
  /** Address of a recipient, in any letter case, or `@` and a domain. */
  recipient?: string | undefined;
  /** Part of the subject as in the record, in any letter case. Words that are MIME-encoded there do not match. */
  subject?: string | undefined;
  /** Furthest status that the message reached. */
  status?: MessageStatus | undefined;
  /** An outcome of the email. */
  outcome?: Outcome | undefined;
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
  'recipient',
  'subject',
  'status',
  'outcome',
  'tagName',
  'by',
  'timezone',
  'limit',
];

const defaultLimit = 100;

export {
  defaultLimit,
  isLimit,
  isOutcome,
  isPeriod,
  isStatus,
  type Limit,
  limitForm,
  limitSql,
  type Outcome,
  outcomeForm,
  type ParameterName,
  type ParameterValues,
  type Period,
  parameterNames,
  periodForm,
  periodOf,
  periodStep,
  periods,
  statusForm,
  timeZoneOf,
};
