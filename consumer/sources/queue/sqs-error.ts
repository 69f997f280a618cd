import { describeS3Error, errorCode } from '../s3-error';

const refused = 'allow sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on the queue';
const missing = 'check the URL of the queue';

const advice: Readonly<Record<string, string>> = {
  AccessDenied: refused,
  AccessDeniedException: refused,
  KmsAccessDenied: "allow kms:Decrypt on the queue's key",
  QueueDoesNotExist: missing,
  'AWS.SimpleQueueService.NonExistentQueue': missing,
  InvalidAddress: missing,
  InvalidClientTokenId: 'check the credentials',
  OverLimit: 'too many messages are in flight: stop other consumers of the queue, or wait',
};

/** What went wrong with a queue and what to do, in one line. */
function describeSqsError(error: unknown): string {
  const code = errorCode(error);
  return advice[code] === undefined ? describeS3Error(error) : `${code}: ${advice[code]}`;
}

export { describeSqsError };
