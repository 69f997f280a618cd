import type { Handler } from './handler';

/**
 * Calls of Athena that moto does not support. Without a response, Terraform retries them until a timeout. The calls have
 * no effect: the query and the workgroup do not change.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteNamedQuery.html
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateWorkGroup.html
 */
const unknownToMoto = ['DeleteNamedQuery', 'UpdateWorkGroup'];

/** Responds with success. */
const athena: Handler = async ({ service, operation = '' }) =>
  service === 'athena' && unknownToMoto.includes(operation)
    ? { status: 200, headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: '{}' }
    : undefined;

export { athena };
