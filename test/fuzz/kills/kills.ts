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
  Ground,
  leftBeside,
  type Operation,
  type OperationName,
  operations,
  outputOf,
} from './operations';

/** A command that is killed again and again, and then completed. */
interface KillsCase {
  operation: OperationName;
  /** When it is killed each time: after a share of the time that it takes undisturbed, or after so many changes of files. */
  kills: ({ share: number } | { changes: number })[];
}

let ground: Ground | undefined;

async function completes(folder: string, { operation, kills }: KillsCase, ground: Ground): Promise<void> {
  const archive = archiveIn(folder);
  const { args, ends }: Operation = operations[operation];
  const command = args(folder, ground.objects);
  const undisturbed = await ground.undisturbed(operation);
  await ground.prepare(folder, operation);
  for (const kill of kills) {
    const moment =
      'share' in kill
        ? { milliseconds: kill.share * undisturbed.milliseconds }
        : { folder, changes: kill.changes };
    await killCommand(command, moment);
    const faults = existsSync(archive) ? await faultsWithin(archive) : [];
    assert.deepEqual(faults, [], `${operation}, killed: the archive is not consistent`);
    emptyOutput(folder); // an export that was through before the kill refuses to write over it
  }
  const { code, stderr } = await runCommand(command);
  assert.ok(code !== null && ends.includes(code), `${operation}, completed: it ends with ${code}: ${stderr}`);
  const output = outputOf(folder).join('\n');
  assert.ok(output === undisturbed.output.join('\n'), `${operation}, completed: the output is another`);
  // What a killed reader has left beside an archive is removed by the next writer.
  if (operation.startsWith('export')) await runCommand(operations.ingest.args(folder, ground.objects));
  const left = leftBeside(folder).join(', ');
  assert.ok(
    left === undisturbed.beside.join(', '),
    `${operation}, completed: left beside the archive: ${left}`,
  );
  const different = differences(undisturbed.contents, await archiveContents(archive));
  assert.ok(
    different.length === 0,
    `${operation}, completed: the archive is another: ${different.join('; ')}`,
  );
}

/** Commands that are killed at any moment: the next run completes them, as if nothing had happened. */
const kills: Fuzzer<KillsCase> = {
  name: 'kills',
  cases: fc.record({
    // What changes an archive more often than what reads it.
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
    ground ??= new Ground();
    const folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-killed-'));
    try {
      await completes(folder, input, ground);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  close() {
    ground?.close();
    ground = undefined;
  },
};

export { kills };
