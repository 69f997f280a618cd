import type { PlainValue } from '../../queries/engines/plain-value';
import { type AnswerType, type Question, questions } from '../../queries/questions/question';
import { formatNumber } from '../../texts/number-text';
import { UsageError } from '../process/exit-code';

/** Verdicts that can fail a check, from the least severe to the most severe. */
const failingVerdicts = ['review', 'danger'] as const;

type FailingVerdict = (typeof failingVerdicts)[number];

const isVerdict = (type: AnswerType) => type === 'verdict';

/** Returns the names of the questions with verdicts, as text. */
function withVerdicts(): string {
  const names = questions().filter(({ columns }) => columns.some(({ type }) => isVerdict(type)));
  return names.map(({ name }) => name).join(' or ');
}

/** Checks whether the verdicts in an answer are below a limit. A verdict of NULL is, because nothing was sent. */
class VerdictCheck {
  /** Indexes and names of the columns with verdicts. */
  private readonly columns: readonly (readonly [index: number, name: string])[];
  /** The worst verdict of each column that reached the limit, and the number of its rows that did. */
  private readonly reached = new Map<string, { worst: FailingVerdict; rows: number }>();
  private isKnown = false;

  /**
   * @param limit the verdict from which the check fails
   * @throws {UsageError} when the question has no verdicts
   */
  constructor(
    { name, columns }: Question,
    private readonly limit: FailingVerdict,
  ) {
    this.columns = columns.flatMap((column, index) =>
      isVerdict(column.type) ? [[index, column.name] as const] : [],
    );
    if (this.columns.length === 0)
      throw new UsageError(`the question ${name} has no verdict: --fail-on requires ${withVerdicts()}`);
  }

  /** Takes the verdicts of a row. */
  add(row: readonly PlainValue[]): void {
    for (const [index, name] of this.columns) {
      const verdict = row[index];
      if (verdict !== null && verdict !== undefined) this.isKnown = true;
      const found = failingVerdicts.find((failing) => failing === verdict);
      if (found === undefined || failingVerdicts.indexOf(found) < failingVerdicts.indexOf(this.limit))
        continue;
      const { worst = found, rows = 0 } = this.reached.get(name) ?? {};
      this.reached.set(name, { worst: worst === 'danger' ? worst : found, rows: rows + 1 });
    }
  }

  /** Whether a verdict reached the limit. */
  get isFailed(): boolean {
    return this.reached.size > 0;
  }

  /** The result in a line; undefined for a check that passed. */
  get line(): string | undefined {
    if (!this.isKnown) return 'nothing was sent, so there is no verdict: the check did not fail';
    if (!this.isFailed) return undefined;
    const columns = [...this.reached].map(
      ([name, { worst, rows }]) => `${name} is ${worst} in ${formatNumber(rows, 'row')}`,
    );
    return `check failed (--fail-on ${this.limit}): ${columns.join(', ')}`;
  }
}

export { type FailingVerdict, failingVerdicts, VerdictCheck };
