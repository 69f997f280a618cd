import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Found, runCandidate } from './candidate';

// Two processes of another candidate, each with half of the objects: what two processors of this machine can do. The
// time includes the start of the processes.

const [, , , script = ''] = process.argv;

async function sideBySide(archive: string) {
  const halves = ['0', '1'].map((half) =>
    promisify(execFile)(process.execPath, [join(__dirname, `${script}.js`), archive, '--half', half]),
  );
  const kinds: Record<string, number> = {};
  for (const { stdout } of await Promise.all(halves)) {
    const found = JSON.parse(stdout) as Found; // the output of runCandidate
    for (const [kind, number] of Object.entries(found.kinds)) kinds[kind] = (kinds[kind] ?? 0) + number;
  }
  return { kinds };
}

void runCandidate(sideBySide);
