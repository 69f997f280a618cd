import type { Handler } from './handler';

/**
 * Athena's DeleteNamedQuery, which moto does not know: without an answer a destroy waits for it in vain. The query
 * stays, and nobody asks for it again.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteNamedQuery.html
 */
const deleteNamedQuery: Handler = async ({ service, operation }) =>
  service === 'athena' && operation === 'DeleteNamedQuery'
    ? { status: 200, headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: '{}' }
    : undefined;

export { deleteNamedQuery };
