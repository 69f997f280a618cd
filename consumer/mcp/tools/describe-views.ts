import { z } from 'zod';
import { storedViews } from '../../archive/views/stored-views';
import { queryRequest } from '../../queries/answers/request';
import { QueryError, type ResultColumn } from '../../queries/engines/engine';
import { lineTables } from '../../queries/lines/line-tables';
import { catalogViews } from '../../queries/views/athena-views';
import { columnMeaning } from '../../queries/views/column-meaning';
import { treatmentOf } from '../masking/column-treatments';
import type { OpenedSource } from '../source/opened-source';
import { defineTool } from './tool';

/** The masking of a column, in words. */
const maskingWords = {
  plain: undefined,
  text: 'addresses are masked',
  server_text: 'addresses and names of recipients are masked',
  host: undefined,
  mailbox: 'pseudonym for each address',
  mailboxes: 'pseudonym for each address',
  subject: 'pseudonym for each subject',
  link: 'without query and fragment; addresses are masked',
  hidden: 'NULL',
} as const;

/** A view of either engine, with its columns where they are known without a query. */
interface ListedView {
  name: string;
  meaning: string;
  columns?: readonly ResultColumn[];
}

/** Returns the views that queries can read. */
function viewsOf({ facts }: OpenedSource): readonly ListedView[] {
  // An archive has the types of DuckDB, which the views do not name.
  if (facts !== undefined) return storedViews.map(({ name, meaning }) => ({ name, meaning }));
  return catalogViews(lineTables);
}

/** Returns the columns of a view, with the types of the engine. */
async function columnsOf(
  source: OpenedSource,
  { name, columns }: ListedView,
): Promise<readonly ResultColumn[]> {
  return columns ?? (await source.answer(queryRequest(`FROM ${name} LIMIT 0`, {}, {}))).columns;
}

const isText = ({ type }: ResultColumn) => /^VARCHAR/i.test(type);

/** Returns a column for an assistant. */
function described({ masker }: OpenedSource, view: string, column: ResultColumn) {
  const masking = masker !== undefined && isText(column) ? maskingWords[treatmentOf(column.name)] : undefined;
  return {
    name: column.name,
    type: column.type,
    meaning: columnMeaning(view, column.name) ?? '',
    ...(masking !== undefined && { masking }),
  };
}

const describeViews = defineTool({
  name: 'describe_views',
  title: 'Describe views',
  description:
    'List the views for the tool query with their meanings; with the name of a view, its columns with types and meanings.',
  input: { view: z.string().optional().describe('Name of a view, such as messages or recipients') },
  output: {
    notice: z.string(),
    views: z.array(
      z.object({
        name: z.string(),
        meaning: z.string(),
        columns: z
          .array(
            z.object({
              name: z.string(),
              type: z.string(),
              meaning: z.string(),
              masking: z.string().optional(),
            }),
          )
          .optional(),
      }),
    ),
  },
  run: ({ view: wanted }, open) =>
    open(async (source) => {
      const views = viewsOf(source);
      if (wanted === undefined) return { views: views.map(({ name, meaning }) => ({ name, meaning })) };
      const view = views.find(({ name }) => name === wanted);
      if (view === undefined)
        throw new QueryError(
          `there is no view ${JSON.stringify(wanted)}: the views are ${views.map(({ name }) => name).join(', ')}`,
        );
      const columns = (await columnsOf(source, view)).map((column) => described(source, view.name, column));
      return { views: [{ name: view.name, meaning: view.meaning, columns }] };
    }),
});

export { describeViews };
