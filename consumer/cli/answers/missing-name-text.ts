import type { MissingName } from '../../queries/questions/missing-name';
import { closestNames } from '../options/closest-name';

/** So many of the names that there are stand in a message. */
const mostListed = 10;

/** A name as a list of names has it: in quotes where it would not be told from what stands around it. */
function listedName(name: string): string {
  return /^[\w.:/@+-]{1,100}$/.test(name) ? name : JSON.stringify(name.slice(0, 100));
}

/**
 * That nothing has a name, and which there are instead, the closest first.
 * @param place where it was looked for: `in this archive`
 */
function missingNameText({ what, name, others, isCut, listing }: MissingName, place: string): string {
  const said = `there is no ${what} ${place}`;
  const listed = closestNames(name, others, mostListed).map(listedName).join(', ');
  const all = `ses-events ${listing} lists all`;
  if (listed === '') return isCut ? `${said}; ${all}` : `${said}, nor any other`;
  return isCut || others.length > mostListed
    ? `${said}; the closest are: ${listed}; ${all}`
    : `${said}; there are: ${listed}`;
}

export { missingNameText };
