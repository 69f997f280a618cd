import { trino } from '../../consumer/archive/dialects/trino';
import { fillEventParquet } from '../../consumer/queries/lines/event-parquet';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { tableNames } from './catalog-tables';

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

/** Fills one day of the table of Parquet. */
const fillParquet = (): SavedQuery => ({
  name: 'fill-event-parquet',
  description:
    'Fills one day of event_parquet: write the day, yyyy-MM-dd, for every {day}. Run it once a day of events.',
  query: fillEventParquet(tableNames),
});

export { fillParquet, type SavedQuery, savedQuestions };
