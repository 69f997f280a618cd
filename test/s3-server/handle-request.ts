import type { BodyFault, ChangeFault } from './fault-rule';
import type { Faults } from './faults';
import { type OperationName, operationOf } from './operation';
import { S3Error } from './s3-error';
import type { S3Request } from './s3-request';
import { errorResponse, type S3Response } from './s3-response';
import type { Store } from './store';

/** A response, with its faults. */
interface HandledRequest {
  operation: OperationName | undefined;
  response: S3Response;
  bodyFault?: BodyFault | undefined;
  change?: ChangeFault | undefined;
}

/** Returns the response to a request: from the store, unless a fault affects it. */
function handleRequest(request: S3Request, store: Store, faults: Faults): HandledRequest {
  const operation = operationOf(request);
  try {
    if (operation === undefined) throw new S3Error('NotImplemented');
    const target = { operation, bucket: request.bucket, key: request.key };
    const error = faults.take(target, (fault) => fault.kind === 'error');
    if (error !== undefined) throw new S3Error(error.code);
    const response = store.handle(operation, request);
    const hasBody = request.method === 'GET';
    return {
      operation,
      response,
      bodyFault: hasBody
        ? faults.take(target, (fault) => fault.kind === 'cut' || fault.kind === 'stall')
        : undefined,
      change: faults.take(target, (fault) => fault.kind === 'change'),
    };
  } catch (error) {
    if (error instanceof S3Error) return { operation, response: errorResponse(error) };
    throw error;
  }
}

export { handleRequest };
