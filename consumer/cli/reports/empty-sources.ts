import type { LeftOut } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import { formatCount } from '../output/number-text';

/** Text for a listing without objects, which usually means a wrong name. */
const checkTheName = 'check the name of the source';

/** Facts about sources without objects. */
interface EmptySources {
  /** The attempted operation: `read`, `ingest`. */
  verb: string;
  names: readonly string[];
  leftOut: LeftOut;
  /** Number of ignored objects. */
  ignored?: number;
  /** The archive's file, when it is empty too; otherwise `--fail-empty` causes the error. */
  emptyArchive?: string | undefined;
}

/** Creates the error of a command whose sources do not contain objects. */
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
