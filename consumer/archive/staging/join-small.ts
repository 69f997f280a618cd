import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StagedObject } from './stage-task';

/** Rows of fewer bytes are joined: the engine takes longer to open a file than to read so little. */
const smallBytes = 256 * 1024;

/** The rows in a file behind those that other objects have put into another; gives that file. */
function joined(path: string | undefined, name: string): string | undefined {
  if (path === undefined) return undefined;
  const file = join(dirname(path), name);
  appendFileSync(file, readFileSync(path), { mode: 0o600 });
  rmSync(path);
  return file;
}

/**
 * Puts the staged rows of a small object into files that it shares with the other small ones of its batch.
 *
 * @param batch the batch's number
 */
function joinSmall(staged: StagedObject, batch: number): StagedObject {
  if (staged.bytes >= smallBytes) return staged;
  return {
    ...staged,
    events: joined(staged.events, `batch-${batch}.events`),
    occurrences: joined(staged.occurrences, `batch-${batch}.occurrences`),
    rejects: joined(staged.rejects, `batch-${batch}.rejects`),
  };
}

export { joinSmall };
