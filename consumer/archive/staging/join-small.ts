import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StagedFile } from './row-file';
import { type StagedObject, stagedBytes } from './stage';

/** Rows of fewer bytes are joined: the engine takes longer to open a file than to read so little. */
const smallBytes = 256 * 1024;

/** Appends the rows in a file to one that other objects share; gives the rows' place in it. */
function joined(file: StagedFile | undefined, name: string): StagedFile | undefined {
  if (file === undefined) return undefined;
  const path = join(dirname(file.path), name);
  appendFileSync(path, readFileSync(file.path), { mode: 0o600 });
  rmSync(file.path);
  return { ...file, path };
}

/**
 * Puts the staged rows of a small object into files that it shares with the other small ones of its batch.
 *
 * @param batch the batch's number
 */
function joinSmall(staged: StagedObject, batch: number): StagedObject {
  if (stagedBytes(staged) >= smallBytes) return staged;
  return {
    ...staged,
    events: joined(staged.events, `batch-${batch}.events`),
    occurrences: joined(staged.occurrences, `batch-${batch}.occurrences`),
    rejects: joined(staged.rejects, `batch-${batch}.rejects`),
  };
}

export { joinSmall };
