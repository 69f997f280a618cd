/** A question or a query that cannot be answered; the message says what, where and what to do. */
class QueryError extends Error {
  override readonly name = 'QueryError';
}

export { QueryError };
