import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { messageStatuses } from '../../archive/views/messages';
import { countedOutcomes } from '../../archive/views/outcome';
import { parameterFlags } from '../../queries/questions/parameter-flags';
import { type ParameterName, type ParameterValues, periods } from '../../queries/questions/parameters';
import { type Question, questions } from '../../queries/questions/question';
import { parameterValues, unknownParameter } from '../../queries/questions/question-values';
import { formatTime } from '../../texts/number-text';
import { replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { findNamed } from './find-named';
import { addOptionGroup } from './help-text';
import { limitOption } from './list-options';
import { parseAccount, parseRegion } from './option-values';
import { addTimeOptions } from './time-range-options';
import { addValueNames } from './value-names';

function parseTag(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value, such as campaign=welcome.');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Adds the options that select messages by their tags and by their sender. */
function addSendingOptions(command: Command): Command {
  return command
    .option('--tag <name=value>', 'only messages with this tag', parseTag)
    .option('--tenant <name>', 'only messages of this tenant')
    .option('--source-region <region>', 'only messages sent from this region of SES', parseRegion)
    .option('--account <id>', 'only messages sent by this AWS account', parseAccount);
}

/**
 * Adds the options that are parameters of questions.
 * @param usualLimit the default of `--limit`; without one, there is no such option
 * @param shown the output that is in the time zone of `--timezone`
 */
function addQuestionOptions(command: Command, usualLimit?: string, shown?: string): Command {
  return addOptionGroup(command, 'filter', (filter) => {
    addSendingOptions(
      addTimeOptions(filter, 'data', shown)
        .option('--configuration-set <name>', 'only messages with this configuration set')
        .option('--domain <name>', 'only recipients in this domain'),
    );
    return usualLimit === undefined
      ? filter
      : filter.addOption(limitOption('maximum number of rows', usualLimit));
  });
}

/**
 * Adds the options that only the question `messages` has.
 * @param of the question, where others do not have them
 */
function addMessageOptions(command: Command, of = ''): Command {
  return command
    .option(
      '--recipient <address>',
      `${of}only messages to this address, or to a domain such as @example.com`,
    )
    .option('--subject <text>', `${of}only messages with this text in the subject`)
    .addOption(
      new Option('--status <status>', `${of}only messages with this status`).choices(messageStatuses),
    );
}

/** Adds the options that are parameters of the question `messages`, as in {@link addQuestionOptions}. */
function addFindOptions(command: Command, usualLimit: string, shown: string): Command {
  return addOptionGroup(command, 'filter', (filter) =>
    addSendingOptions(
      addTimeOptions(addMessageOptions(filter), 'messages sent', shown).option(
        '--configuration-set <name>',
        'only messages with this configuration set',
      ),
    ).addOption(limitOption('maximum number of rows', usualLimit)),
  );
}

/** Adds the parameters that few questions have, which only `ask` takes. */
function addRareQuestionOptions(command: Command): Command {
  return addOptionGroup(command, 'filter', (filter) =>
    addMessageOptions(filter, 'messages: ')
      .addOption(
        new Option('--outcome <outcome>', 'emails: only emails with this outcome').choices(countedOutcomes),
      )
      .option('--tag-name <name>', 'campaigns: only values of this tag')
      .addOption(new Option('--by <period>', 'trend: period of a row (default: week)').choices(periods)),
  );
}

/**
 * Creates the argument for the name of a question.
 * @param name `<question>`, or `[question]` where it is optional
 */
function questionArgument(name: string, description: string): Argument {
  return addValueNames(new Argument(name, description), () =>
    questions().map((question) => ({ name: question.name, description: question.title })),
  );
}

/**
 * Finds the question with a name.
 * @throws {UsageError} when there is none; the message suggests the closest name
 */
function findQuestion(name: string): Question {
  return findNamed(questions(), name, { what: 'question', listing: 'questions' });
}

/** The parameters that every question takes on the command line. A time zone applies to `--since` too. */
const commonParameters: readonly ParameterName[] = ['timezone', 'limit'];

/** Returns the flags of a question's parameters. */
function questionFlags({ parameters }: Pick<Question, 'parameters'>): string[] {
  const others = parameters.filter((parameter) => !commonParameters.includes(parameter));
  return [...others, ...commonParameters].map((parameter) => parameterFlags[parameter]);
}

/** Formats the flags of a question's parameters: `--since, --until and --limit`. */
function flagList(question: Pick<Question, 'parameters'>): string {
  const flags = questionFlags(question);
  return `${flags.slice(0, -1).join(', ')} and ${flags.at(-1)}`;
}

/** @throws {UsageError} when the time range is empty */
function checkTimeRange({ since, until }: Pick<ParameterValues, 'since' | 'until'>): void {
  if (since !== undefined && until !== undefined && since >= until)
    throw new UsageError('--since must be before --until');
}

/**
 * Returns the values of a question's parameters, from the options.
 * @throws {UsageError} when the question does not take an option, or the time range is empty
 */
function questionValues(question: Question, options: ParameterValues): ParameterValues {
  const values = parameterValues(options);
  const unknown = unknownParameter(question, values, commonParameters);
  if (unknown !== undefined) {
    const flag = parameterFlags[unknown];
    throw new UsageError(
      `the question ${question.name} does not take ${flag}. It takes ${flagList(question)}`,
      replaceOption(flag),
    );
  }
  checkTimeRange(values);
  return values;
}

/** Formats the scope of an answer as one line: its parameters, and its time range. */
function questionScope({ window }: Question, values: ParameterValues): string {
  const { since, until, configurationSet, domain, tag, tagName, by, timezone = 'UTC' } = values;
  const { tenant, sourceRegion, account, recipient, subject, status, outcome } = values;
  const parts = [
    ...(since ? [`since ${formatTime(since, timezone)}`] : []),
    ...(until ? [`until ${formatTime(until, timezone)}`] : []),
    ...(since || until ? [] : ['all time']),
    ...(configurationSet === undefined ? [] : [`configuration set ${configurationSet}`]),
    ...(domain === undefined ? [] : [`domain ${domain}`]),
    ...(tag === undefined ? [] : [`tag ${tag.name}=${tag.value}`]),
    ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
    ...(sourceRegion === undefined ? [] : [`region ${sourceRegion}`]),
    ...(account === undefined ? [] : [`account ${account}`]),
    ...(recipient === undefined ? [] : [`to ${recipient}`]),
    ...(subject === undefined ? [] : [`subject with ${JSON.stringify(subject)}`]),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(outcome === undefined ? [] : [`outcome ${outcome}`]),
    ...(tagName === undefined ? [] : [`tags named ${tagName}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ];
  return `${parts.join(', ')} (${timezone}): ${window}`;
}

export {
  addFindOptions,
  addQuestionOptions,
  addRareQuestionOptions,
  checkTimeRange,
  findQuestion,
  flagList,
  questionArgument,
  questionFlags,
  questionScope,
  questionValues,
};
