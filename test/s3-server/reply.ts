import { type Answer, errorAnswer } from './answer';
import type { BodyFault, ChangeFault } from './fault-rule';
import type { Faults } from './faults';
import { type OperationName, operationOf } from './operation';
import { S3Error } from './s3-error';
import type { S3Request } from './s3-request';
import type { Store } from './store';

/** A response, with its faults. */
interface Reply {
  operation: OperationName | undefined;
  answer: Answer;
  bodyFault?: BodyFault | undefined;
  change?: ChangeFault | undefined;
}

/** Returns the response to a request: from the store, unless a fault affects it. */
function replyTo(request: S3Request, store: Store, faults: Faults): Reply {
  const operation = operationOf(request);
  try {
    if (operation === undefined) throw new S3Error('NotImplemented');
    const target = { operation, bucket: request.bucket, key: request.key };
    const error = faults.take(target, (fault) => fault.kind === 'error');
    if (error !== undefined) throw new S3Error(error.code);
    const answer = store.answer(operation, request);
    const hasBody = request.method === 'GET';
    return {
      operation,
      answer,
      bodyFault: hasBody
        ? faults.take(target, (fault) => fault.kind === 'cut' || fault.kind === 'stall')
        : undefined,
      change: faults.take(target, (fault) => fault.kind === 'change'),
    };
  } catch (error) {
    if (error instanceof S3Error) return { operation, answer: errorAnswer(error) };
    throw error;
  }
}

export { replyTo };
