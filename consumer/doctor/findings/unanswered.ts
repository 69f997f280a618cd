import type { NoAnswer } from '../answers/answer';
import { type Check, type Finding, failure, warning } from './finding';

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

export { unanswered };
