import type { Place } from '../places/place';

/** A text as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command of the AWS CLI that can be pasted, in the region that was asked.
 * @param words the service, the operation, and what it takes; quoted where they have to be
 * @example awsCommand(place, 'iam', 'get-role', '--role-name', 'events') // aws iam get-role --role-name events …
 */
function awsCommand({ region }: Pick<Place, 'region'>, ...words: readonly string[]): string {
  const where = words[0] === 'iam' ? [] : ['--region', region];
  return ['aws', ...words, ...where].map(shellWord).join(' ');
}

export { awsCommand, shellWord };
