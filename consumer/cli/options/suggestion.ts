import type { CommanderError } from 'commander';
import { closestName } from '../../queries/questions/closest-name';
import { type Correction, renameOption, replaceWord } from '../process/correction';

/** The name that commander, or a parser of this command line, suggests at the end of its message. */
const suggested = String.raw`\n\(Did you mean (?<meant>\S+)\?\)$`;

const unknownOption = new RegExp(`^error: unknown option '(?<word>.*)'${suggested}`, 's');
const unknownCommand = new RegExp(`^error: unknown command '(?<word>.*)'${suggested}`, 's');
const suggestedValue = new RegExp(` argument '(?<word>.*)' is invalid\\..*${suggested}`, 's');
const choices = /argument '(?<word>.*)' is invalid\. Allowed choices are (?<names>.*)\.$/s;

/** Returns the value of a choice that was probably meant. */
function closestChoice({ message }: CommanderError): Correction | undefined {
  const { word, names } = choices.exec(message)?.groups ?? {};
  const meant = word && names ? closestName(word, names.split(', ')) : undefined;
  return word === undefined || meant === undefined ? undefined : replaceWord(word, meant);
}

/** Returns the correction of an error of commander, where the message contains a suggestion or choices. */
function suggestedCorrection(error: CommanderError): Correction | undefined {
  const { message } = error;
  const option = unknownOption.exec(message)?.groups;
  if (option?.word !== undefined && option.meant !== undefined)
    return renameOption(option.word, option.meant);
  const value = (unknownCommand.exec(message) ?? suggestedValue.exec(message))?.groups;
  if (value?.word !== undefined && value.meant !== undefined) return replaceWord(value.word, value.meant);
  return closestChoice(error);
}

export { suggestedCorrection };
