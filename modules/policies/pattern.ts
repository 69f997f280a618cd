/** A policy contains an element that is not evaluated here; the message names it. */
class PolicyEvaluationError extends Error {
  override readonly name = 'PolicyEvaluationError';
}

/**
 * Whether a text matches a pattern in which `*` matches any characters and `?` any single one.
 * @example matchesPattern('arn:aws:s3:::archive/*', 'arn:aws:s3:::archive/events/1.gz') // true
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function matchesPattern(pattern: string, text: string): boolean {
  const [wanted, found] = [[...pattern], [...text]];
  let place = 0;
  let star = -1; // position of the last *
  let resume = 0; // end of the text that this * matches
  // Only the last * is extended, so that the time is at most pattern length times text length.
  for (let index = 0; index < found.length; ) {
    if (wanted[place] === '*') {
      star = place++;
      resume = index;
    } else if (wanted[place] === '?' || wanted[place] === found[index]) {
      place++;
      index++;
    } else if (star >= 0) {
      place = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(place).every((letter) => letter === '*');
}

/** Splits an ARN into its six parts, the last with any further colons; undefined when there are fewer. */
function arnParts(text: string): string[] | undefined {
  const parts = text.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * Whether an ARN matches a pattern part by part, so that no `*` extends into another part.
 * @example matchesArn('arn:aws:ses:*:111122223333:configuration-set/*', configurationSetArn)
 * @throws {PolicyEvaluationError} when the pattern has fewer parts than an ARN, because AWS does not document
 * its meaning
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function matchesArn(pattern: string, text: string): boolean {
  const wanted = arnParts(pattern);
  if (wanted === undefined) {
    throw new PolicyEvaluationError(
      `"${pattern}" is not a pattern for ARNs: it has fewer than six parts. Write all six parts, with * for any`,
    );
  }
  const found = arnParts(text);
  return found !== undefined && wanted.every((part, index) => matchesPattern(part, found[index] ?? ''));
}

/**
 * Rejects a policy variable, such as `${aws:username}`, because its value is unknown here.
 * @throws {PolicyEvaluationError} when there is one
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function rejectVariables(text: string): string {
  if (text.includes('${')) {
    throw new PolicyEvaluationError(`the policy variable in "${text}" is not supported: use its value`);
  }
  return text;
}

export { matchesArn, matchesPattern, PolicyEvaluationError, rejectVariables };
