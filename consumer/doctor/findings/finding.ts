import type { NoAnswer } from '../answers/answer';

/** What is looked at, in the order in which it is told. */
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
  'send',
] as const;

type Check = (typeof checks)[number];

/** `not-checked`: what the check rests on is not there, which another finding says. */
type Status = 'ok' | 'warning' | 'failure' | 'not-checked';

/** What one check found. Its texts may hold what AWS answered: make them safe before printing. */
interface Finding {
  readonly check: Check;
  readonly status: Status;
  readonly message: string;
  /** What to do: a command, or what to set. */
  readonly fix?: string;
}

/** All is well. */
const ok = (check: Check, message: string): Finding => ({ check, status: 'ok', message });

/** Events arrive, or nobody can tell whether they do, and something should be looked at. */
const warning = (check: Check, message: string, fix: string): Finding => ({
  ...{ check, status: 'warning', message, fix },
});

/** Events are lost, or never made. */
const failure = (check: Check, message: string, fix: string): Finding => ({
  ...{ check, status: 'failure', message, fix },
});

/** A check that rests on something that is not there, or is not known. */
const notChecked = (check: Check, message: string): Finding => ({ check, status: 'not-checked', message });

/** What is said of something that is not there. */
interface Absence {
  readonly message: string;
  readonly fix: string;
}

/**
 * A check whose question had no answer. What cannot be asked is a warning: it may be in order.
 * @param what the thing that was asked for
 * @param absence what it means that it is not there
 */
function unanswered(check: Check, what: string, answer: NoAnswer, absence: Absence): Finding {
  switch (answer.state) {
    case 'absent':
      return failure(check, absence.message, absence.fix);
    case 'refused':
      return warning(check, `not allowed to look at ${what}`, `allow ${answer.action} to whoever asks`);
    case 'unknown':
      return warning(
        check,
        `could not look at ${what}`,
        `ask AWS itself: this endpoint does not know ${answer.action}`,
      );
    case 'failed':
      return warning(check, `could not look at ${what}: ${answer.reason}`, 'try again');
  }
}

/** Findings as they are made, and at the end what later checks rest on. */
type Examination<Result> = AsyncGenerator<Finding, Result>;

/** Says of the checks from one to another that they were not made. */
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
