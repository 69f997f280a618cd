/** A policy says something that is not evaluated here; the message names it. Nothing is guessed. */
class PolicyEvaluationError extends Error {
  override readonly name = 'PolicyEvaluationError';
}

export { PolicyEvaluationError };
