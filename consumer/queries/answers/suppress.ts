import type { QuestionParameters } from '../questions/answer-rows.generated';
import type { ParameterValues } from '../questions/parameters';
import type { AnswerOptions, AnswerSource } from './answer-source';
import { ask } from './ask';
import { Rows } from './rows';

/** An address to suppress, with its reason in the spelling of SES's suppression list. */
interface Suppression {
  address: string;
  reason: 'BOUNCE' | 'COMPLAINT';
  /** Number of hard bounces. */
  bounceEvents: number;
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

/**
 * Returns the addresses to suppress: hard-bounced or complained. Nothing is changed in SES. The command
 * `ses-events suppress` writes the same in the format of SES's import job.
 *
 * @throws {QueryError} while reading, when the engine fails, or when the answer is empty and a configuration set, domain
 * or tag does not exist
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
  const { minBounces = 1, ...asked } = options;
  const rows = ask(source, 'suppression', asked);
  return new Rows(async function* () {
    for await (const { address, reason, bounce_events: bounceEvents } of rows) {
      if (reason !== 'COMPLAINT' && bounceEvents < minBounces) continue;
      yield {
        address: address ?? '',
        reason: reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
        bounceEvents,
      };
    }
  });
}

export { type Suppression, type SuppressOptions, suppress };
