import { type Check, type Finding, notChecked } from '../findings/finding';

/** Findings as they are made, and at the end what later checks rest on. */
type Examination<Result> = AsyncGenerator<Finding, Result>;

/** Says of checks that they were not made. */
function* skip(names: readonly Check[], reason: string): Generator<Finding, undefined> {
  for (const check of names) yield notChecked(check, reason);
  return undefined;
}

/** Why nothing is said of a stream that is not where SES takes it; the event destination says it. */
const strangeStream = 'the stream is of another region or account';

export { type Examination, skip, strangeStream };
