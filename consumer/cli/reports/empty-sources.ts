import type { LeftOut } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import { formatCount } from '../output/number-text';

/** Stands in the line that accounts for everything when a listing had no object, which is commonly a wrong name. */
const checkTheName = 'check the name of the source';

/** What is to be said of sources that hold no object. */
interface EmptySources {
  /** What was to be done: `read`, `ingest`. */
  verb: string;
  names: readonly string[];
  leftOut: LeftOut;
  /** How many objects were ignored. */
  ignored?: number;
  /** The archive's file, when it has no object either; otherwise `--fail-empty` has asked for the error. */
  emptyArchive?: string | undefined;
}

/** The error of a command whose sources hold no object. */
function emptySources({ verb, names, leftOut, ignored = 0, emptyArchive }: EmptySources): SourceError {
  const { foreign, beforeSince } = leftOut;
  const facts = [
    `there is no object to ${verb} in ${names.join(', ')}`,
    ...(foreign > 0 ? [`and ${formatCount(foreign)} foreign passed over`] : []),
    ...(beforeSince > 0 ? [`and ${formatCount(beforeSince)} before --since`] : []),
    ...(ignored > 0 ? [`and ${formatCount(ignored)} ignored`] : []),
    ...(emptyArchive === undefined ? [] : [`and the archive ${emptyArchive} has none yet`]),
  ];
  const advice = emptyArchive === undefined ? 'check the name, or leave out --fail-empty' : 'check the name';
  return new SourceError(`${facts.join(', ')}: ${advice}`);
}

export { checkTheName, emptySources };
