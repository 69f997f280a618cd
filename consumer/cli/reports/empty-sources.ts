import type { SkippedObjects } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import { formatCount } from '../../texts/number-text';

/** Text for a listing without objects, which usually means a wrong name. */
const checkSourceName = 'check the name of the source';

/** Facts about sources without objects. */
interface EmptySources {
  /** The attempted operation: `read`, `ingest`. */
  verb: string;
  names: readonly string[];
  skippedObjects: SkippedObjects;
  /** Number of ignored objects. */
  ignored?: number;
  /** The archive's file, when it is empty too; otherwise `--fail-empty` causes the error. */
  emptyArchive?: string | undefined;
}

/** Creates the error of a command whose sources do not contain objects. */
function emptySources({ verb, names, skippedObjects, ignored = 0, emptyArchive }: EmptySources): SourceError {
  const { foreign, beforeSince } = skippedObjects;
  const others = [
    ...(foreign > 0 ? [`${formatCount(foreign)} foreign skipped`] : []),
    ...(beforeSince > 0 ? [`${formatCount(beforeSince)} skipped before --since`] : []),
    ...(ignored > 0 ? [`${formatCount(ignored)} ignored`] : []),
  ];
  const skipped = others.length > 0 ? ` (${others.join(', ')})` : '';
  const archive = emptyArchive === undefined ? '' : `, and the archive ${emptyArchive} is empty`;
  const advice = emptyArchive === undefined ? 'check the name, or omit --fail-empty' : 'check the name';
  return new SourceError(`no objects to ${verb} in ${names.join(', ')}${skipped}${archive}: ${advice}`);
}

export { checkSourceName, emptySources };
