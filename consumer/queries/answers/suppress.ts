import { checkOptions, checkWhole } from '../../records/check-options';
import type { QueryResult } from '../engines/engine';
import type { QuestionParameters } from '../questions/answer-rows.generated';
import type { Limit, ParameterValues } from '../questions/parameters';
import { type AnswerOptions, type AnswerSource, fromSource } from './answer-source';
import { askChecks, namedRequest } from './ask';
import { checkAnswerSource } from './check-answer';
import { objectRows, Rows } from './rows';

/** An address to suppress, with its reason in the spelling of SES's suppression list. */
interface Suppression {
  address: string;
  reason: 'BOUNCE' | 'COMPLAINT';
  /** Number of hard bounces. */
  bounceEvents: number;
  /** Time of the newest hard bounce or complaint. */
  lastAt: Date | undefined;
  /** Diagnostic code of a hard bounce. A mail server wrote it, and it can contain personal data. */
  example: string | undefined;
}

/** A filter for addresses, and options of every query. */
interface SuppressOptions
  extends AnswerOptions,
    Pick<ParameterValues, QuestionParameters['suppression'] | 'limit'> {
  /**
   * Minimum number of hard bounces of an address without a complaint.
   * @default 1
   */
  minBounces?: number | undefined;
}

/** The addresses to select from an answer. */
interface Selection {
  /** Minimum number of hard bounces of an address without a complaint. */
  minBounces: number;
  /** Maximum number of selected addresses. */
  limit: Limit;
}

/**
 * Returns the addresses of an answer to the question `suppression` that complained, or bounced often enough. The answer
 * contains all addresses, because those with few bounces do not count toward the limit.
 */
async function* suppressions(
  answer: QueryResult,
  { minBounces, limit }: Selection,
): AsyncGenerator<Suppression, void> {
  let selected = 0;
  for await (const row of objectRows(answer)) {
    if (selected === limit) return;
    const reason = row.reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE';
    const bounceEvents = Number(row.bounce_events);
    if (reason === 'BOUNCE' && bounceEvents < minBounces) continue;
    selected++;
    const lastAt = row.last_at instanceof Date ? row.last_at : undefined;
    const example = typeof row.example === 'string' ? row.example : undefined;
    yield { address: String(row.address ?? ''), reason, bounceEvents, lastAt, example };
  }
}

/**
 * Returns the addresses to suppress: hard-bounced or complained. Nothing is changed in SES. The command
 * `ses-events suppress` writes the same in the format of SES's import job.
 *
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {QueryError} while reading, when the engine fails, or when the answer is empty and a configuration set,
 * domain, tag, tenant, region or account does not exist
 * @throws {ArchiveError} while reading, when the archive cannot be opened
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutSuppressedDestination.html
 *
 * @example
 * ```ts
 * for await (const { address, reason } of suppress('ses-events.duckdb', { minBounces: 2 })) {
 *   console.log(address, reason);
 * }
 * ```
 */
function suppress(source: AnswerSource, options: SuppressOptions = {}): Rows<Suppression> {
  checkAnswerSource(source);
  checkOptions(options, { ...askChecks, minBounces: checkWhole(0) });
  const { minBounces = 1, limit = 'all' } = options;
  const request = namedRequest('suppression', { ...options, limit: 'all' });
  return new Rows(() =>
    fromSource(source, options, async (open) =>
      suppressions(await open.answer(request), { minBounces, limit }),
    ),
  );
}

export { type Suppression, type SuppressOptions, suppress, suppressions };
