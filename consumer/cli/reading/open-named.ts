import { openSource } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import type { Source } from '../../sources/source';
import type { CommandContext } from '../process/context';

/**
 * Opens the sources that a command is given; `-` is the standard input of its call.
 * @throws {SourceError} when there is none of a name
 */
function openNamed(
  context: CommandContext,
  names: readonly string[],
  options: { s3?: S3Options | undefined; since?: Date | undefined },
): Promise<Source> {
  const standardInput = names.includes('-') ? context.stdin : undefined;
  return openSource(names, { ...options, standardInput });
}

export { openNamed };
