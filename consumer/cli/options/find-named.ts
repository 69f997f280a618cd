import { closestName } from '../../queries/questions/closest-name';
import { replaceWord } from '../process/correction';
import { UsageError } from '../process/exit-code';

/**
 * Finds the item with a name.
 * @param what the noun for the items, and the command that lists them
 * @throws {UsageError} when there is none; the message suggests the closest name
 */
function findNamed<Thing extends { name: string }>(
  things: readonly Thing[],
  name: string,
  { what, listing }: { what: string; listing: string },
): Thing {
  const found = things.find((thing) => thing.name === name);
  if (found !== undefined) return found;
  const names = things.map((thing) => thing.name);
  const meant = closestName(name, names);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw new UsageError(
    `unknown ${what} ${JSON.stringify(name)}${hint} (ses-events ${listing} lists them)`,
    meant === undefined ? undefined : replaceWord(name, meant),
  );
}

export { findNamed };
