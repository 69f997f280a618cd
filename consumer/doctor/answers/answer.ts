import { describeS3Error, errorCode } from '../../sources/s3-error';

/** What AWS does not answer, and why. */
type NoAnswer =
  | { readonly state: 'absent' }
  /** The caller is not allowed to ask; the action would allow it. */
  | { readonly state: 'refused'; readonly action: string }
  /** The server does not know the operation, as an emulator may not; the action allows it in AWS. */
  | { readonly state: 'unknown'; readonly action: string }
  | { readonly state: 'failed'; readonly reason: string };

/** What AWS answered to a question, or why there is no answer. */
type Answer<Value> = { readonly state: 'found'; readonly value: Value } | NoAnswer;

/** Carries the reason from the request that had no answer to whoever asked the whole question. */
class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(
    readonly answer: NoAnswer,
    cause: unknown,
  ) {
    super(answer.state, { cause });
  }
}

const absent = /^(NotFound|NoSuch|ResourceNotFound|ServerSideEncryptionConfigurationNotFound)/;
const refused = /^(AccessDenied|AccessDeniedException|Forbidden|NotAuthorized|AuthorizationError)/;

const unknown = /^(InvalidAction|UnknownOperation|NotImplemented)/;

/** What an error of the SDK means. HEAD has no body: S3 then says no more than 403 or 404. */
function noAnswer(error: unknown, action: string): NoAnswer {
  const code = errorCode(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode; // the SDK's
  const hasName = !/^(Unknown|\d+)/.test(code);
  if (absent.test(code) || (!hasName && status === 404)) return { state: 'absent' };
  if (refused.test(code) || (!hasName && status === 403)) return { state: 'refused', action };
  if (unknown.test(code) || (!hasName && status === 501)) return { state: 'unknown', action };
  return { state: 'failed', reason: describeS3Error(error) };
}

/**
 * Makes one request of a question.
 * @param action the IAM action that allows it
 * @throws {Unanswered} for `answer` to catch
 */
async function call<Value>(action: string, request: Promise<Value>): Promise<Value> {
  try {
    return await request;
  } catch (error) {
    throw new Unanswered(noAnswer(error, action), error);
  }
}

/**
 * Asks a question of one or several requests, each made with `call`.
 * @example
 * const role = await answer(() => call('iam:GetRole', iam.getRole({ RoleName: 'events' })));
 */
async function answer<Value>(question: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { state: 'found', value: await question() };
  } catch (error) {
    if (error instanceof Unanswered) return error.answer;
    throw error;
  }
}

/** The value of an answer, if there is one. */
function found<Value>(given: Answer<Value>): Value | undefined {
  return given.state === 'found' ? given.value : undefined;
}

export { type Answer, answer, call, found, type NoAnswer };
