import { duckdb } from '../../archive/dialects/duckdb';
import type { Database } from '../../archive/store/database';
import { countedOutcomes } from '../../archive/views/outcome';
import type { View } from '../../archive/views/view';
import { views } from '../../archive/views/views';
import { namedTables } from '../prelude/named-tables';
import { withViews } from '../prelude/prelude';
import { timeConditions } from '../questions/conditions';
import type { ParameterValues } from '../questions/parameters';

/** A range of send times: from `since`, until before `until`. Without `until`, it has no end. */
interface SentRange {
  since: Date;
  until?: Date | undefined;
}

/**
 * Counts messages whose events have different send times, or some of whose events have none. Their send time is the first
 * of these, so it is unknown before all events of the message are read. Two messages can have the same hash, but then the
 * count is only too high.
 */
const differingSendTimes = `
  SELECT count(*) AS messages FROM (
    SELECT hash(message_id) FROM events GROUP BY 1
    HAVING min(mail_timestamp) <> max(mail_timestamp) OR count(mail_timestamp) NOT IN (0, count(*))
  )`;

/** @throws {Error} when there is no view of that name */
function viewNamed(name: string): View {
  const view = views.find((candidate) => candidate.name === name);
  if (view === undefined) throw new Error(`there is no view ${name}`);
  return view;
}

/** Returns the query of a view, over the rows of another view in a range. */
function inRange({ sql }: View, base: string, range: SentRange): string {
  const where = timeConditions('mail_timestamp', range).join(' AND ');
  return `WITH ${base} AS (SELECT * FROM ${base} WHERE ${where}) ${sql(duckdb)}`;
}

/** A view whose rows are stored. */
interface StoredView {
  view: View;
  /** The view that it groups. */
  base: string;
  /** The stored columns. Long texts take most of the memory, and few questions read them. */
  columns: readonly string[];
}

const storedViews: readonly StoredView[] = [
  {
    view: viewNamed('emails'),
    base: 'recipients',
    columns: ['message_id', 'address', 'domain', 'sent_at', 'configuration_set', ...countedOutcomes],
  },
  {
    view: viewNamed('messages'),
    base: 'unique_events',
    columns: [
      ...['message_id', 'sent_at', 'configuration_set', 'status', 'events', 'sends', 'deliveries', 'opens'],
      ...['human_opens', 'clicks', 'human_clicks', 'rejects', 'rendering_failures'],
    ],
  },
];

/** Views that a question reads for the messages of its range only. */
const readViews = ['event_tags', 'sends'].map(viewNamed);

const tableOf = ({ view }: StoredView) => `temp.sent_${view.name}`;

/** Checks whether a question reads a column that is not stored. It can find too many such columns, but never too few. */
function readsOtherColumns(sql: string, { view, columns }: StoredView): boolean {
  const others = view.columns.map(({ name }) => name).filter((name) => !columns.includes(name));
  return namedTables(sql).has(view.name) && others.some((name) => new RegExp(`\\b${name}\\b`).test(sql));
}

/**
 * The emails and messages that were sent in a range, for several questions about the range. The engine groups the events of
 * each email and message once, and reads those of the range only.
 */
class SentEmails {
  private readonly stored = new Set<StoredView>();
  private differing: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly range: SentRange,
  ) {}

  /**
   * Returns a question over temporary tables, which the first question that reads them fills.
   * @param sql the question, which filters by the send time
   * @returns undefined when the tables do not contain its range, or one of its columns, or when the events of a message have
   * different send times: then all events must be read. Also undefined when the question reads none of these views.
   */
  async question(
    sql: string,
    { since, until }: Pick<ParameterValues, 'since' | 'until'>,
  ): Promise<string | undefined> {
    const { range } = this;
    if (since === undefined || since < range.since) return undefined;
    if (range.until !== undefined && (until === undefined || until > range.until)) return undefined;
    if (storedViews.some((stored) => readsOtherColumns(sql, stored))) return undefined;
    const tables = namedTables(sql);
    const names = [...storedViews.map(({ view }) => view), ...readViews].map(({ name }) => name);
    if (!names.some((name) => tables.has(name)) || !(await this.haveOneSendTime())) return undefined;
    for (const stored of storedViews) if (tables.has(stored.view.name)) await this.store(stored);
    const replaced = [
      ...storedViews.map((stored) => ({
        name: stored.view.name,
        sql: () => `SELECT * FROM ${tableOf(stored)}`,
      })),
      ...readViews.map((view) => ({
        name: view.name,
        sql: () => inRange(view, 'unique_events', { since, until }),
      })),
    ];
    return withViews(sql, replaced, duckdb);
  }

  /** Whether all events of each message have the same send time. */
  private async haveOneSendTime(): Promise<boolean> {
    if (this.differing === undefined) {
      const [row] = await this.database.rows<{ messages: bigint }>(differingSendTimes);
      this.differing = Number(row?.messages);
    }
    return this.differing === 0;
  }

  private async store(stored: StoredView): Promise<void> {
    if (this.stored.has(stored)) return;
    const { view, base, columns } = stored;
    await this.database.run(
      `CREATE OR REPLACE TEMP TABLE ${tableOf(stored)} AS SELECT ${columns.join(', ')} FROM (${inRange(view, base, this.range)})`,
    );
    this.stored.add(stored);
  }
}

export { SentEmails, type SentRange };
