import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import type { PlainValue } from '../../queries/engines/plain-value';
import { askQuestion, type QuestionCliOptions } from '../answers/ask-question';
import { addAnswerOptions } from '../options/answer-options';
import { addArchiveOptions } from '../options/archive-options';
import { addEngineOptions } from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { addFindOptions, findQuestion } from '../options/question-options';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

/** Maximum number of rows in a table without `--limit`. */
const tableLimit = 50;

/** The form of an id that a shell and a terminal take as it is. */
const plainId = /^\w[\w.-]{0,199}$/;

/**
 * Returns the filter that a text is: the address or domain of a recipient if it contains `@`, otherwise a part of the
 * subject.
 *
 * @throws {UsageError} when the option for the same filter is given too
 */
function textFilter(
  text: string | undefined,
  options: Pick<QuestionCliOptions, 'recipient' | 'subject'>,
): Pick<QuestionCliOptions, 'recipient' | 'subject'> {
  if (text === undefined) return {};
  const filter = text.includes('@') ? 'recipient' : 'subject';
  if (options[filter] !== undefined)
    throw new UsageError(
      `${JSON.stringify(text)} is a ${filter}, and --${filter} is given too: use one of them`,
    );
  return { [filter]: text };
}

async function find(
  context: CommandContext,
  text: string | undefined,
  options: QuestionCliOptions,
): Promise<void> {
  const question = findQuestion('messages');
  const idColumn = question.columns.findIndex(({ name }) => name === 'message_id');
  let newest: string | undefined;
  const settings = {
    tableLimit,
    onRow: (row: readonly PlainValue[]) => {
      newest ??= String(row[idColumn]);
    },
  };
  const filters = { ...options, ...textFilter(text, options) };
  const written = await askQuestion(context, question, filters, settings);
  if (written === undefined || written.rows === 0) return;
  // A record can contain any text as its id.
  const id = newest !== undefined && plainId.test(newest) ? newest : 'MESSAGE-ID';
  context.stderr.write(`To show the life of a message: ses-events trace ${id}\n`);
}

/** `ses-events find`: finds messages, as the question `messages` does. */
function findCommand(context: CommandContext): Command {
  const command = new Command('find')
    .description('Find messages by recipient, subject, status and other filters')
    .argument(
      '[text]',
      'with @: an address, or a domain such as @example.com; otherwise a part of the subject',
    );
  addArchiveOptions(command, context);
  addFindOptions(command, `${tableLimit} in a table, otherwise all`, 'times in tables');
  addEngineOptions(addOptionGroup(command, 'output', addAnswerOptions));
  return addHelpEnd(command, {
    notes: [
      'Shows the newest messages first, as ses-events ask messages does. Without a text or filter, it shows all messages. ' +
        'The output contains personal data.',
      '- An address matches exactly. A domain matches every address in it. A text matches any part of the subject. Letter ' +
        'case does not matter, and no character is a wildcard.\n' +
        '- --status is the furthest status of a message: one with a bounce and a complaint is complained. To list ' +
        'all bounced emails, run ses-events ask emails --outcome bounced.\n' +
        '- The subject is searched as it is in the record. If words are MIME-encoded there, search for the ' +
        'recipient or the time instead.\n' +
        '- In a large archive, --since makes the search faster.',
      `See ${pageAddress('asking')} and ${pageAddress('athena')}`,
    ],
    examples: [
      'find ana@example.com',
      'find "your invoice" --since 7d',
      'find @example.com --status bounced --format csv --output bounced.csv',
      'find ana@example.com --since 2026-03-01 --engine athena --terraform-outputs outputs.json',
    ],
  }).action((text: string | undefined, options: QuestionCliOptions) => find(context, text, options));
}

export { findCommand };
