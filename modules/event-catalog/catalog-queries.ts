import { trino } from '../../consumer/archive/dialects/trino';
import { questionSql, questions } from '../../consumer/queries/questions/question';

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

export { savedQuestions };
