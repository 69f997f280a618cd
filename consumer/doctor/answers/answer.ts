import { describeS3Error, errorCode, isMissingRegion } from '../../sources/s3-error';

/** The reason why there is no answer from AWS. */
type NoAnswer =
  | { readonly state: 'absent' }
  /** The caller does not have the permission for this action. */
  | { readonly state: 'refused'; readonly action: string }
  /** The server does not support the operation, as with some emulators; in AWS the action permits it. */
  | { readonly state: 'unknown'; readonly action: string }
  /** Without a fix, the request can succeed when it is repeated. */
  | { readonly state: 'failed'; readonly reason: string; readonly fix?: string };

/** The answer of AWS to a question, or the reason why there is none. */
type Answer<Value> = { readonly state: 'found'; readonly value: Value } | NoAnswer;

/** Carries the reason from a failed request to the caller of the question. */
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

/** Converts an error of the SDK to a reason. HEAD responses have no body, so S3 only returns 403 or 404. */
function noAnswer(error: unknown, action: string): NoAnswer {
  const code = errorCode(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode; // from the SDK
  if (isMissingRegion(error as Error))
    return { state: 'failed', reason: 'no region', fix: 'set AWS_REGION, or add --region' };
  if (code === 'CredentialsProviderError') {
    return {
      state: 'failed',
      reason: 'no AWS credentials were found',
      fix: 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run in a role',
    };
  }

  const hasName = !/^(Unknown|\d+)/.test(code);
  if (absent.test(code) || (!hasName && status === 404)) return { state: 'absent' };
  if (refused.test(code) || (!hasName && status === 403)) return { state: 'refused', action };
  if (unknown.test(code) || (!hasName && status === 501)) return { state: 'unknown', action };
  return { state: 'failed', reason: describeS3Error(error) };
}

/**
 * Makes one request of a question.
 * @param action the IAM action that permits it
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
 * Answers a question with one or several requests, each made with `call`.
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

/** Returns the value of an answer, or undefined. */
function found<Value>(given: Answer<Value>): Value | undefined {
  return given.state === 'found' ? given.value : undefined;
}

export { type Answer, answer, call, found, type NoAnswer };
