/** The properties of errors from the AWS SDK. */
interface ServiceError extends Error {
  $metadata?: { httpStatusCode?: number };
  code?: string;
}

const advice: Readonly<Record<string, string>> = {
  AccessDenied: 'allow s3:ListBucket on the bucket and s3:GetObject on its objects',
  AllAccessDisabled: 'ask the owner of the bucket',
  NoSuchBucket: 'check the name of the bucket and the region',
  NoSuchKey: 'it was deleted after the bucket was listed: try again',
  InvalidObjectState: 'restore it from its archive storage class first',
  PreconditionFailed: 'it was replaced after it was listed or while it was read: try again',
  ExpiredToken: 'renew the credentials',
  InvalidAccessKeyId: 'check the credentials',
  SignatureDoesNotMatch: 'check the credentials and the clock',
  CredentialsProviderError:
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run in a role',
  PermanentRedirect: 'set AWS_REGION to the region of the bucket',
  ECONNREFUSED: 'check the endpoint: it refused the connection',
  ENOTFOUND: 'check the endpoint and the network',
  SlowDown: 'too many requests: try again later',
};

/** Errors of one object, while others in the bucket may be readable. */
const ofOneObject = new Set(['NoSuchKey', 'InvalidObjectState', 'PreconditionFailed', 'InvalidRange']);

/** Whether the SDK found no region: none is configured, or AWS_REGION is empty. */
function isMissingRegion({ message }: Error): boolean {
  return message === 'Region is missing' || message.startsWith('Region not accepted: region=""');
}

function errorCode(error: unknown): string {
  const service = error as ServiceError; // the SDK throws these errors
  const { name, code, message, cause } = service;
  if (isMissingRegion(service)) return 'Region is missing: set AWS_REGION, or pass the region';
  // The SDK wraps network errors, sometimes with their text only.
  const networkCode =
    code ?? (cause as ServiceError | undefined)?.code ?? /\bE[A-Z]{5,}\b/.exec(message)?.[0];
  return networkCode ?? (name === 'Error' ? message : name);
}

/** Returns the error and its fix, in one line. */
function describeS3Error(error: unknown): string {
  const code = errorCode(error);
  const status = (error as ServiceError).$metadata?.httpStatusCode;
  const what = /^(Unknown|\d+)/.test(code) && status !== undefined ? `HTTP status ${status}` : code;
  return advice[code] === undefined ? what : `${what}: ${advice[code]}`;
}

/**
 * Checks whether an error of GetObject concerns that object only: it is deleted, archived, or access to it is
 * denied.
 */
function concernsOneObject(error: unknown): boolean {
  const status = (error as ServiceError).$metadata?.httpStatusCode;
  const code = errorCode(error);
  // The key of the object may be disabled or pending deletion: KMS.DisabledException,
  // KMS.KMSInvalidStateException.
  return ofOneObject.has(code) || code.startsWith('KMS.') || status === 403 || status === 404;
}

export { concernsOneObject, describeS3Error, errorCode, isMissingRegion };
