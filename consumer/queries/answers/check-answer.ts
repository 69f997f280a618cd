import { readArchiveChecks } from '../../archive/file/read-archive';
import {
  type Check,
  checkArchive,
  checkDate,
  checkFunction,
  checkObject,
  checkText,
  checkThat,
  checkWhole,
  receivedType,
} from '../../records/check-options';
import {
  isLimit,
  isOutcome,
  isPeriod,
  isStatus,
  limitForm,
  outcomeForm,
  type ParameterValues,
  periodForm,
  statusForm,
} from '../questions/parameters';
import type { AnswerOptions } from './answer-source';

/** A check for each of these options. */
type Checks<Options> = Readonly<Record<keyof Options, Check>>;

/** Checks for the options of every query. */
const answerChecks: Checks<AnswerOptions> = {
  ...readArchiveChecks,
  lookAhead: checkWhole(0),
  onUnreadable: checkFunction,
};

const isText = (value: unknown) => typeof value === 'string';

function isTag(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && 'value' in value && isText(value.name) && isText(value.value);
}

/** Checks for the parameters of questions. */
const parameterChecks: Checks<ParameterValues> = {
  since: checkDate,
  until: checkDate,
  configurationSet: checkText,
  domain: checkText,
  tag: checkThat(isTag, "an object with two texts, such as { name: 'campaign', value: 'spring' }"),
  tenant: checkText,
  sourceRegion: checkText,
  account: checkText,
  recipient: checkText,
  subject: checkText,
  status: checkThat(isStatus, statusForm),
  outcome: checkThat(isOutcome, outcomeForm),
  tagName: checkText,
  by: checkThat(isPeriod, periodForm),
  timezone: checkText,
  limit: checkThat(isLimit, limitForm),
};

/**
 * Checks the source of an answer, for callers without types.
 * @throws {TypeError} when it is neither the file of an archive nor a workgroup and a database of Athena
 */
function checkAnswerSource(source: unknown): void {
  if (typeof source === 'object' && source !== null) {
    if ('workgroup' in source && 'database' in source && isText(source.workgroup) && isText(source.database))
      return;
  } else if (typeof source === 'string') {
    checkArchive('the source', source);
    return;
  }
  throw new TypeError(
    "the source must be the path of an archive, such as 'ses-events.duckdb', or an object with the texts workgroup and " +
      `database: received ${receivedType(source)}`,
  );
}

/** Checks the values of `$name` in a query. */
const checkTextValues: Check = (name, values) => {
  checkObject(name, values);
  // checked above
  for (const [key, value] of Object.entries(values as object)) checkText(`${name}.${key}`, value);
};

export { answerChecks, type Checks, checkAnswerSource, checkTextValues, parameterChecks };
