import { z } from 'zod';
import { type Question, questions } from '../../queries/questions/question';
import { defineTool } from './tool';

/** Returns a question for an assistant. */
function described({ name, title, description, parameters, window, columns }: Question) {
  return { name, title, description, parameters, time: window, columns };
}

const listQuestions = defineTool({
  name: 'list_questions',
  title: 'List questions',
  description:
    'List the questions that the tool ask answers: names, descriptions, parameters, and columns with meanings. Without a name, the columns are omitted.',
  input: { name: z.string().optional().describe('Only this question, with its columns') },
  output: {
    notice: z.string(),
    questions: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        parameters: z.array(z.string()),
        time: z.string(),
        columns: z.array(z.object({ name: z.string(), type: z.string(), meaning: z.string() })).optional(),
      }),
    ),
  },
  async run({ name }) {
    const found = questions().filter((question) => name === undefined || question.name === name);
    return {
      questions: found
        .map(described)
        .map(({ columns, ...rest }) => (name === undefined ? rest : { ...rest, columns })),
    };
  },
});

export { listQuestions };
