import type { ParameterName } from '../../../queries/questions/parameters';
import type { TableColumn } from '../../components/answer-table';
import { answerOf, questionOf } from '../data/answer-of';
import type { MakePage, PageSource } from '../data/page';
import { parseParameters } from '../data/parameter-texts';
import { columnLink } from './links';
import { notFound } from './not-found';
import { ParameterForm } from './parameter-form';
import { AnswerPart, parametersOf } from './question-page';
import { withForm } from './with-form';

/** Returns the columns of the list. The subject leads to the page of the message. */
function listColumns(source: PageSource): TableColumn[] {
  const messageLink = columnLink('message_id', source);
  return [
    { name: 'sent_at', label: 'Sent (UTC)' },
    { name: 'status' },
    { name: 'subject', link: messageLink },
    { name: 'first_recipient', link: columnLink('first_recipient', source) },
    { name: 'recipients' },
    { name: 'source_address', label: 'Sender' },
    { name: 'configuration_set' },
  ];
}

/** The search for messages: the question `messages`, the newest first. */
const messagesPage: MakePage = ({ query }, source) => {
  const question = questionOf('messages');
  if (question === undefined) return notFound('There is no question for messages.');
  // The search comes first.
  const searched: ParameterName[] = ['recipient', 'subject', 'status'];
  const others = parametersOf(question).filter((name) => !searched.includes(name));
  const parameters = [...searched, ...others];
  const form = <ParameterForm action="/messages" parameters={parameters} query={query} />;
  return withForm({ title: question.title, form }, async () => {
    const answer = await answerOf(source.open, question, parseParameters(query, parameters, source.now));
    return [<AnswerPart answer={answer} source={source} columns={listColumns(source)} />];
  });
};

export { messagesPage };
