import type { ParameterName } from '../../../queries/questions/parameters';
import type { Question } from '../../../queries/questions/question';
import { formatCount, formatNumber } from '../../../texts/number-text';
import { AnswerTable, columnLabel, type TableColumn, Value } from '../../components/answer-table';
import { Scrolling } from '../../components/scrolling';
import { askCommand } from '../../data/ask-command';
import { answerOf, questionOf, type TableAnswer } from '../data/answer-of';
import type { MakePage, PageSource } from '../data/page';
import { parseParameters } from '../data/parameter-texts';
import { columnLink } from './links';
import { notFound } from './not-found';
import { ParameterForm } from './parameter-form';
import { Prose } from './prose';
import { withForm } from './with-form';

/** The parameters that every question takes on a page. */
const common: readonly ParameterName[] = ['timezone', 'limit'];

/** Returns the parameters of a question, those of every question last. */
function parametersOf({ parameters }: Question): ParameterName[] {
  return [...parameters.filter((name) => !common.includes(name)), ...common];
}

/** A single row, with a line and the meaning of each column. */
function OneRow({ question, values, rows: [row = {}] }: TableAnswer) {
  return (
    <Scrolling caption={question.title}>
      <table>
        <tbody>
          {question.columns
            .filter(({ type }) => type !== 'raw')
            .map(({ name, type, meaning }) => (
              <tr>
                <th scope="row">{columnLabel(name)}</th>
                <td>
                  <Value value={row[name] ?? null} type={type} timezone={values.timezone} />
                </td>
                <td class="note">
                  <Prose text={meaning} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** Notes on the data that an answer of Athena is based on. */
function BasisNote({ source }: { source: PageSource }) {
  const { unreadable, hint } = source.open.basis;
  return (
    <>
      {hint === undefined ? null : <p class="note warning">{source.mask(hint)}</p>}
      {unreadable === undefined ? null : (
        <p class="note warning">{`Athena cannot read ${formatNumber(unreadable.lines, 'line')} in ${formatNumber(unreadable.objects, 'object')}.`}</p>
      )}
    </>
  );
}

interface AnswerPartProps {
  answer: TableAnswer;
  source: PageSource;
  /** @default - all columns, with links to messages and people */
  columns?: readonly TableColumn[];
}

/** Returns the columns of a question with links to messages and people. */
function linkedColumns({ columns }: Question, source: PageSource): TableColumn[] {
  return columns
    .filter(({ type }) => type !== 'raw')
    .map(({ name }) => ({ name, link: columnLink(name, source) }));
}

/** The rows of an answer with links, and the command that gives them. */
function AnswerPart({ answer, source, columns = linkedColumns(answer.question, source) }: AnswerPartProps) {
  const { question, values, rows, total } = answer;
  const isList = question.parameters.includes('limit') || rows.length !== 1;
  return (
    <>
      {rows.length === 0 ? (
        <p class="empty">No matching events.</p>
      ) : isList ? (
        <AnswerTable answered={answer} columns={columns} caption={question.title} />
      ) : (
        <OneRow {...answer} />
      )}
      <BasisNote source={source} />
      <p class="note">{`${formatCount(rows.length)} of ${formatCount(total)} rows. The command for the same rows:`}</p>
      <code class="command">{askCommand({ question, values }, source.mask)}</code>
    </>
  );
}

/** The answer to a question, with its parameters as a form. */
const questionPage: MakePage = ({ name, query }, source) => {
  const question = questionOf(name);
  if (question === undefined) return notFound('There is no question with this name.');
  const parameters = parametersOf(question);
  const form = (
    <>
      <p>
        <Prose text={question.description} />
      </p>
      <p class="note">{`Time range: ${question.window}.`}</p>
      <ParameterForm action={`/questions/${question.name}`} parameters={parameters} query={query} />
    </>
  );
  return withForm({ title: question.title, form }, async () => {
    const answer = await answerOf(source.open, question, parseParameters(query, parameters, source.now));
    return [<AnswerPart answer={answer} source={source} />];
  });
};

export { AnswerPart, parametersOf, questionPage };
