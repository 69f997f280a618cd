/** A rate on which SES acts. */
type VerdictRate = 'bounce' | 'complaint';

/** The rates from which a verdict is `review` or `danger`. */
interface VerdictThresholds {
  /** From this rate on, SES reviews the account. */
  review: number;
  /** From this rate on, SES can pause the account. */
  danger: number;
}

/**
 * The thresholds of verdicts, as shares.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html
 */
const verdictThresholds: Readonly<Record<VerdictRate, Readonly<VerdictThresholds>>> = {
  bounce: { review: 0.05, danger: 0.1 },
  complaint: { review: 0.001, danger: 0.005 },
};

/** Returns the verdict on a rate as SQL; NULL if the rate is NULL. */
function verdictSql(of: VerdictRate, rate: string): string {
  const { review, danger } = verdictThresholds[of];
  return `CASE WHEN ${rate} >= ${danger} THEN 'danger' WHEN ${rate} >= ${review} THEN 'review' WHEN ${rate} < ${review} THEN 'ok' END`;
}

export { verdictSql, verdictThresholds };
