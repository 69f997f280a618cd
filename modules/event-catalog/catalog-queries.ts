import { trino } from '../../consumer/archive/dialects/trino';
import { eventsFromLines } from '../../consumer/queries/lines/events-from-lines';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { eventParquetColumns, tableNames } from './catalog-tables';

/** A query that is saved in the workgroup. */
interface SavedQuery {
  name: string;
  description: string;
  query: string;
}

/** Athena's limit for a description, in characters. */
const longestDescription = 1024;

/** Returns every question as a query without parameters. */
function savedQuestions(): SavedQuery[] {
  return questions().map((question) => ({
    name: question.name,
    description: `${question.title}. ${question.description}`.slice(0, longestDescription),
    query: questionSql(question, {}, trino),
  }));
}

/**
 * The placeholder for the day in {@link fillParquet}; it is not a valid date, so the query fails until it is
 * replaced.
 */
const dayPlaceholder = '{day}';

/** Maximum number of days between an event and its arrival. */
const lookAheadDays = 3;

/**
 * Returns the query that fills one day of the Parquet table, by the day of the event in UTC. It inserts each
 * event once, from the lines that arrived from the day before (clocks differ) to three days after. A second
 * run adds the day's events again.
 */
function fillParquet(): SavedQuery {
  const { events, errors, parquet } = tableNames;
  const day = `DATE '${dayPlaceholder}'`;
  const arrived = (days: number) => `CAST(date_add('day', ${days}, ${day}) AS varchar)`;
  const where = `dt >= ${arrived(-1)} AND dt <= ${arrived(lookAheadDays)}`;
  return {
    name: 'fill-event-parquet',
    description: `Fills one day of ${parquet}: write the day, yyyy-MM-dd, for every ${dayPlaceholder}. Run it once a day of events.`,
    query: `INSERT INTO ${parquet}
SELECT ${eventParquetColumns.map(({ name }) => name).join(', ')}, CAST(CAST(event_time AS date) AS varchar) AS day
FROM (${eventsFromLines({ events, errors, where })}) events
WHERE CAST(event_time AS date) = ${day}`,
  };
}

export { fillParquet, type SavedQuery, savedQuestions };
