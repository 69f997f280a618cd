import type { Handler } from './handler';

/**
 * Calls of Athena that moto does not know: without an answer Terraform waits for them in vain. Nothing is done: a query
 * stays, and a workgroup stays as it was.
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
