import type { NoAnswer } from '../answers/answer';

/** All checks, in the order of the report. */
const checks = [
  'identity',
  'account',
  'sandbox',
  'configuration-set',
  'event-destination',
  'kinds',
  'tracking',
  'duplicates',
  'ses-role',
  'ses-trust',
  'ses-permissions',
  'stream',
  'stream-key',
  'delivery-role',
  'delivery-permissions',
  'bucket',
  'bucket-key',
  'arrivals',
  'errors',
  'use',
  'alarms',
  'alarm-topics',
  'send',
] as const;

type Check = (typeof checks)[number];

/** `not-checked`: a condition of the check is not met, and another finding reports it. */
type Status = 'ok' | 'warning' | 'failure' | 'not-checked';

/** The result of one check. Its texts may contain text from AWS: escape them before printing. */
interface Finding {
  readonly check: Check;
  readonly status: Status;
  readonly message: string;
  /** The fix: a command, or a setting. */
  readonly fix?: string;
}

/** No problem was found. */
const ok = (check: Check, message: string): Finding => ({ check, status: 'ok', message });

/** Events arrive, or their arrival cannot be checked, and something needs attention. */
const warning = (check: Check, message: string, fix: string): Finding => ({
  ...{ check, status: 'warning', message, fix },
});

/** Events are lost, or not published at all. */
const failure = (check: Check, message: string, fix: string): Finding => ({
  ...{ check, status: 'failure', message, fix },
});

/** A check that depends on something missing or unknown. */
const notChecked = (check: Check, message: string): Finding => ({ check, status: 'not-checked', message });

/** Texts for a missing resource. */
interface Absence {
  readonly message: string;
  readonly fix: string;
}

/**
 * Creates the finding of a check without an answer. A failed request is a warning, because there may be no
 * problem.
 * @param attempt the attempt, in the form "read the role"
 * @param absence the consequence of its absence
 */
function unanswered(check: Check, attempt: string, answer: NoAnswer, absence: Absence): Finding {
  switch (answer.state) {
    case 'absent':
      return failure(check, absence.message, absence.fix);
    case 'refused':
      return warning(check, `no permission to ${attempt}`, `allow ${answer.action} for your credentials`);
    case 'unknown':
      return warning(
        check,
        `could not ${attempt}: the endpoint does not support ${answer.action}`,
        'use an endpoint of AWS: check --endpoint and AWS_ENDPOINT_URL',
      );
    case 'failed':
      return warning(check, `could not ${attempt}: ${answer.reason}`, answer.fix ?? 'try again');
  }
}

/** Yields findings during the checks, and returns the data for later checks. */
type Examination<Result> = AsyncGenerator<Finding, Result>;

/** Reports a range of checks as `not-checked`. */
function* skip(first: Check, last: Check, reason: string): Generator<Finding, undefined> {
  const names = checks.slice(checks.indexOf(first), checks.indexOf(last) + 1);
  for (const check of names) yield notChecked(check, reason);
  return undefined;
}

export {
  type Check,
  checks,
  type Examination,
  type Finding,
  failure,
  notChecked,
  ok,
  type Status,
  skip,
  unanswered,
  warning,
};
