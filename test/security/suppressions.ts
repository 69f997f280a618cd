/** A failed check of the scanner, with the reason why this is acceptable. */
interface Suppression {
  /** The check's id, as in CKV_AWS_18. */
  check: string;
  /** The configurations in which it fails. */
  configurations: string[];
  reason: string;
}

/** The suppressions that docs/security.md lists: rows of check, configurations and reason. */
function readSuppressions(page: string): Suppression[] {
  return [...page.matchAll(/^\| \[?`(CKV2?_AWS_\d+)`[^|]*\| ([^|]+?) *\| ([^|]+?) *\|$/gm)].map(
    ([, check = '', configurations = '', reason = '']) => ({
      check,
      configurations: configurations.split(',').map((name) => name.trim()),
      reason,
    }),
  );
}

export { readSuppressions };
