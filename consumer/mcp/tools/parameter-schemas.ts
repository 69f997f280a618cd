import { z } from 'zod';
import { timeBefore } from '../../archive/erasure/age';
import { messageStatuses } from '../../archive/views/messages';
import { countedOutcomes } from '../../archive/views/outcome';
import { parseTimestamp } from '../../events';
import { QueryError } from '../../queries/engines/engine';
import { type ParameterName, type ParameterValues, periods } from '../../queries/questions/parameters';
import { defaultRows, maxRows } from '../results/limited-rows';

const timeText = (meaning: string) =>
  z
    .string()
    .describe(
      `${meaning}: a day or time in UTC, such as 2026-03-01 or 2026-03-01T12:00Z, or a duration before now: 24h, 7d, 8w, P1M`,
    );

/** The number of rows of a result. */
const limitSchema = z
  .number()
  .int()
  .min(1)
  .max(maxRows)
  .default(defaultRows)
  .describe(`Maximum number of rows (default: ${defaultRows})`);

/** A text without NUL, which would end an SQL text. */
const plainText = () => z.string().refine((text) => !text.includes('\0'), 'must not contain a NUL character');

/** The parameters of questions, as an assistant gives them. */
const parameterSchemas = {
  since: timeText('Only data at or after this time'),
  until: timeText('Only data before this time'),
  configurationSet: plainText().describe('Only messages with this configuration set'),
  domain: plainText().describe('Only recipients in this domain'),
  tag: z.object({ name: plainText(), value: plainText() }).describe('Only messages with this message tag'),
  tenant: plainText().describe('Only messages of this tenant of SES'),
  sourceRegion: plainText().describe('Only messages that this region of SES sent, such as eu-west-1'),
  account: plainText().describe('Only messages that this AWS account sent: 12 digits'),
  recipient: plainText().describe(
    'Only messages to this address or pseudonym, or to a domain such as @example.com',
  ),
  subject: plainText().describe('Only messages with this text in the subject, in any letter case'),
  status: z.enum(messageStatuses).describe('Only messages with this furthest status'),
  outcome: z.enum(countedOutcomes).describe('Only emails with this outcome'),
  tagName: plainText().describe('Only values of this tag'),
  by: z.enum(periods).describe('Period of a row (default: week)'),
  timezone: plainText().describe('IANA time zone of days, weeks and months in the answer (default: UTC)'),
  limit: limitSchema,
} as const satisfies Record<ParameterName, z.ZodType>;

/** The values of parameters before times are parsed. */
type ParameterTexts = Omit<ParameterValues, 'since' | 'until'> & {
  since?: string | undefined;
  until?: string | undefined;
};

/**
 * Parses a time.
 * @throws {QueryError} for another text
 */
function parseTime(name: string, text: string, now: Date): Date {
  const [, hours] = /^(\d{1,5})h$/i.exec(text) ?? [];
  if (hours !== undefined) return new Date(now.getTime() - Number(hours) * 3_600_000);
  const time =
    parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text) ?? timeBefore(text, now);
  if (time instanceof Date) return time;
  throw new QueryError(
    `${name} must be a day or time, such as 2026-03-01 or 2026-03-01T12:00Z, or a duration before now, such as 24h or 7d: received ${JSON.stringify(text.slice(0, 100))}`,
  );
}

/**
 * Parses the time range of a request.
 * @throws {QueryError} for a text that is not a time, and for an empty range
 */
function timeRange(texts: Pick<ParameterTexts, 'since' | 'until'>) {
  const now = new Date();
  const timeOf = (name: 'since' | 'until') => {
    const text = texts[name];
    return text === undefined ? undefined : parseTime(name, text, now);
  };
  const [since, until] = [timeOf('since'), timeOf('until')];
  if (since !== undefined && until !== undefined && since >= until)
    throw new QueryError('since must be before until');
  return { since, until };
}

/** Parses the values of parameters. */
function parameterValuesOf({ since, until, ...values }: ParameterTexts): ParameterValues {
  return { ...values, ...timeRange({ since, until }) };
}

export { limitSchema, type ParameterTexts, parameterSchemas, parameterValuesOf, timeRange };
