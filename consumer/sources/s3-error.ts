/** What AWS's SDK puts on the errors it throws. */
interface ServiceError extends Error {
  $metadata?: { httpStatusCode?: number };
  code?: string;
}

const advice: Readonly<Record<string, string>> = {
  AccessDenied: 'allow s3:ListBucket on the bucket and s3:GetObject on its objects',
  AllAccessDisabled: 'ask the owner of the bucket',
  NoSuchBucket: 'check the name of the bucket and the region',
  NoSuchKey: 'it was deleted since the bucket was listed: read again',
  InvalidObjectState: 'restore it from its archive storage class first',
  PreconditionFailed: 'it was replaced since it was listed or while it was read: read again',
  ExpiredToken: 'renew the credentials',
  InvalidAccessKeyId: 'check the credentials',
  SignatureDoesNotMatch: 'check the credentials and the clock',
  CredentialsProviderError:
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run in a role',
  PermanentRedirect: 'set AWS_REGION to the region of the bucket',
  ECONNREFUSED: 'check the endpoint: nothing listens there',
  ENOTFOUND: 'check the endpoint and the network',
  SlowDown: 'S3 asks for fewer requests: try again later',
};

/** Errors that concern one object, while others of the bucket may be read. */
const ofOneObject = new Set(['NoSuchKey', 'InvalidObjectState', 'PreconditionFailed', 'InvalidRange']);

function errorCode(error: unknown): string {
  const { name, code, message, cause } = error as ServiceError; // what the SDK throws
  if (message === 'Region is missing') return 'Region is missing: set AWS_REGION, or name the region';
  // The SDK wraps errors of the network, sometimes keeping no more than their text.
  const networkCode =
    code ?? (cause as ServiceError | undefined)?.code ?? /\bE[A-Z]{5,}\b/.exec(message)?.[0];
  return networkCode ?? (name === 'Error' ? message : name);
}

/** What went wrong and what to do, in one line. */
function describeS3Error(error: unknown): string {
  const code = errorCode(error);
  const status = (error as ServiceError).$metadata?.httpStatusCode;
  const what = /^(Unknown|\d+)/.test(code) && status !== undefined ? `HTTP status ${status}` : code;
  return advice[code] === undefined ? what : `${what}: ${advice[code]}`;
}

/** Whether an error from GetObject concerns that object alone: it is gone, archived, or refused by itself. */
function concernsOneObject(error: unknown): boolean {
  const status = (error as ServiceError).$metadata?.httpStatusCode;
  const code = errorCode(error);
  // The object's key may be disabled or about to be deleted: KMS.DisabledException, KMS.KMSInvalidStateException.
  return ofOneObject.has(code) || code.startsWith('KMS.') || status === 403 || status === 404;
}

export { concernsOneObject, describeS3Error, errorCode };
