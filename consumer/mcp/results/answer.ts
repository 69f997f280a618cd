import { z } from 'zod';
import { objectRows } from '../../queries/answers/rows';
import type { QueryResult } from '../../queries/engines/engine';
import type { OpenedSource } from '../source/opened-source';
import { limitedRows } from './limited-rows';
import { withTexts } from './quoted-text';

/** The fields of every result with rows. */
const answerShape = {
  notice: z.string(),
  columns: z
    .array(z.object({ name: z.string(), type: z.string().optional(), meaning: z.string().optional() }))
    .describe('The columns of the rows'),
  rows: z.array(z.record(z.string(), z.unknown())),
  row_count: z.number().describe('Number of rows in this result'),
  total_rows: z.number().optional().describe('Number of rows without the limit'),
  complete: z.boolean().describe('Whether there are no more rows'),
  more: z.string().optional().describe('How to get more rows'),
  archive: z
    .object({ events: z.number(), newest_event: z.string().optional(), rejected_records: z.number() })
    .optional()
    .describe('The data that the answer is based on'),
  note: z.string().optional(),
};

/** The rows of a request, before the limit of bytes. */
interface AnsweredRows {
  result: QueryResult & { total?(): number | undefined };
  /** @default - the names and types of the result */
  columns?: readonly { name: string; type?: string; meaning?: string }[];
  limit: number;
  /** How to get other rows than those of this request. */
  advice: string;
}

/** Returns the note about data that the answer does not include. */
function noteOf({ basis, masker }: OpenedSource): string | undefined {
  const notes = [
    ...(masker === undefined
      ? []
      : ['personal data is masked: person-… and subject-… are pseudonyms, [masked] is a masked part']),
    ...(basis.unreadable === undefined ? [] : [`Athena cannot read ${basis.unreadable.lines} lines`]),
    ...(basis.hint === undefined ? [] : [basis.hint]),
  ];
  return notes.length === 0 ? undefined : notes.join('; ');
}

/** Reads the rows of a result up to the limits. Their texts are masked where the source masks. */
async function answered(source: OpenedSource, { result, columns, limit, advice }: AnsweredRows) {
  const masked = async function* () {
    for await (const row of objectRows(result)) yield withTexts(row, source.text);
  };
  const { rows, isCut } = await limitedRows(masked());
  const total = result.total?.();
  const complete = !isCut && (total === undefined ? rows.length < limit : rows.length >= total);
  const reason = isCut ? 'the rest exceeds the size of a result' : 'the limit was reached';
  return {
    columns: columns ?? result.columns,
    rows,
    row_count: rows.length,
    ...(total !== undefined && { total_rows: total }),
    complete,
    ...(!complete && { more: `${reason}: ${advice}` }),
    archive: source.facts,
    note: noteOf(source),
  };
}

export { answered, answerShape, noteOf };
