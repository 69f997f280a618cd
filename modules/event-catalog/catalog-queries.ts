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

/** As long as Athena lets a description be. */
const longestDescription = 1024;

/** Every question, as it is asked without parameters. */
function savedQuestions(): SavedQuery[] {
  return questions().map((question) => ({
    name: question.name,
    description: `${question.title} ${question.description}`.slice(0, longestDescription),
    query: questionSql(question, {}, trino),
  }));
}

/** What stands for the day in {@link fillParquet}; it is no date, so that nothing runs before it is replaced. */
const dayPlaceholder = '{day}';

/** How many days after it happened an event may arrive and still be found. */
const lookAheadDays = 3;

/**
 * Fills one day of the table of Parquet, by the day of the event in UTC: each event once, from the lines that arrived
 * from the day before (clocks differ) to three days after. Run again, it adds the day's events again.
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
