import { shellWord } from '../../texts/shell-word';
import type { Place } from '../places/place';

/**
 * Formats a command of the AWS CLI for pasting, in the examined region.
 * @param words the service, the operation and its arguments; quoted where necessary
 * @example awsCommand(place, 'iam', 'get-role', '--role-name', 'events') // aws iam get-role --role-name events …
 */
function awsCommand({ region }: Pick<Place, 'region'>, ...words: readonly string[]): string {
  const where = words[0] === 'iam' ? [] : ['--region', region];
  return ['aws', ...words, ...where].map(shellWord).join(' ');
}

export { awsCommand };
