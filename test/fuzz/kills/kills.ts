import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { archiveContents, differences, faultsWithin } from '../../archive/faults/archive-contents';
import type { Fuzzer } from '../fuzzer';
import { killCommand, runCommand } from './command';
import {
  archiveIn,
  emptyOutput,
  filesBeside,
  type Operation,
  type OperationName,
  operations,
  outputOf,
  SharedFixtures,
} from './operations';

/** A command that is killed one or more times, and then completed. */
interface KillsCase {
  operation: OperationName;
  /** The time of each kill: a share of the time of an uninterrupted run, or a number of file changes. */
  kills: ({ share: number } | { changes: number })[];
}

let sharedFixtures: SharedFixtures | undefined;

async function checkCompletion(
  folder: string,
  { operation, kills }: KillsCase,
  sharedFixtures: SharedFixtures,
): Promise<void> {
  const archive = archiveIn(folder);
  const { args, exitCodes }: Operation = operations[operation];
  const command = args(folder, sharedFixtures.objects);
  const uninterrupted = await sharedFixtures.uninterrupted(operation);
  await sharedFixtures.prepare(folder, operation);
  for (const kill of kills) {
    const moment =
      'share' in kill
        ? { milliseconds: kill.share * uninterrupted.milliseconds }
        : { folder, changes: kill.changes };
    await killCommand(command, moment);
    const faults = existsSync(archive) ? await faultsWithin(archive) : [];
    assert.deepEqual(faults, [], `${operation}: the archive is not consistent after a kill`);
    emptyOutput(folder); // an export fails if its output exists, from a run that completed before the kill
  }
  const { code, stderr } = await runCommand(command);
  assert.ok(
    code !== null && exitCodes.includes(code),
    `${operation}: the last run exits with ${code}: ${stderr}`,
  );
  const output = outputOf(folder).join('\n');
  assert.ok(output === uninterrupted.output.join('\n'), `${operation}: the output of the last run differs`);
  // The next writer removes files of a killed reader.
  if (operation.startsWith('export'))
    await runCommand(operations.ingest.args(folder, sharedFixtures.objects));
  const remaining = filesBeside(folder).join(', ');
  assert.ok(
    remaining === uninterrupted.beside.join(', '),
    `${operation}: remaining files beside the archive: ${remaining}`,
  );
  const different = differences(uninterrupted.contents, await archiveContents(archive));
  assert.ok(
    different.length === 0,
    `${operation}: the archive after the last run differs: ${different.join('; ')}`,
  );
}

/** Commands that are killed at any time. The next run has the result of an uninterrupted run. */
const kills: Fuzzer<KillsCase> = {
  name: 'kills',
  cases: fc.record({
    // Commands that change an archive more often than commands that read it.
    operation: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<OperationName>('ingest', 'forget', 'replay') },
      {
        weight: 1,
        arbitrary: fc.constantFrom<OperationName>('export csv', 'export records', 'export parquet'),
      },
    ),
    kills: fc.array(
      fc.oneof(
        fc.record({ share: fc.double({ min: 0, max: 1.05, noNaN: true }) }),
        fc.record({ changes: fc.integer({ min: 1, max: 40 }) }),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  async check(input) {
    sharedFixtures ??= new SharedFixtures();
    const folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-killed-'));
    try {
      await checkCompletion(folder, input, sharedFixtures);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  close() {
    sharedFixtures?.close();
    sharedFixtures = undefined;
  },
};

export { kills };
