import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, environment } from '../../cli/command-call';
import { entry } from '../../cli/run-process';

/** The results of a run on a disk that is too small, and of a run with enough space. */
interface SmallDiskRuns {
  /** The run that found the disk full. */
  full: CommandResult;
  /** The same command with enough space. */
  rerun: CommandResult;
  /** Names of the files on the disk at the end. */
  files: string[];
  /** The archive at the end, copied from the disk; undefined when there was none. */
  archive: string | undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'ses-events-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A namespace in which this user can mount. Some machines do not allow it for ordinary users. */
const nameSpace = ['--user', '--map-root-user', '--mount'];

const mountable =
  spawnSync('unshare', [...nameSpace, 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status ===
  0;

/**
 * What a disk is made of: a file system in memory or, where this user cannot mount one, a limit to each
 * file. `SMALL_DISK=ulimit` asks for the latter.
 */
const diskKind: 'tmpfs' | 'ulimit' = mountable && process.env.SMALL_DISK !== 'ulimit' ? 'tmpfs' : 'ulimit';

const scripts = {
  tmpfs: `
    mount -t tmpfs -o "size=$KILOBYTES"k tmpfs "$DISK"
    full=0; "$@" > "$OUT/full.out" 2> "$OUT/full.err" || full=$?
    mount -o remount,size=2g "$DISK"`,
  ulimit: `
    full=0; (ulimit -f "$KILOBYTES"; exec "$@") > "$OUT/full.out" 2> "$OUT/full.err" || full=$?`,
};

const rerunScript = `
    rerun=0; "$@" > "$OUT/rerun.out" 2> "$OUT/rerun.err" || rerun=$?
    ls "$DISK" > "$OUT/files"
    if [ -f "$DISK/mail.duckdb" ]; then cp "$DISK/mail.duckdb" "$OUT/mail.duckdb"; fi
    echo "$full $rerun" > "$OUT/codes"`;

let disks = 0;

/** Ingests on a disk of this size in kilobytes, and again with enough space. */
async function ingestOnSmallDisk(kilobytes: number, args: readonly string[]): Promise<SmallDiskRuns> {
  const out = mkdtempSync(join(folder, `${disks++}-`));
  const disk = mkdtempSync(join(folder, 'disk-'));
  const shell = ['bash', '-euc', scripts[diskKind] + rerunScript, 'bash'];
  const command = [process.execPath, entry, 'ingest', ...args, '--archive', join(disk, 'mail.duckdb')];
  const [program = '', ...rest] = [
    ...(diskKind === 'tmpfs' ? ['unshare', ...nameSpace] : []),
    ...shell,
    ...command,
  ];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment({ DISK: disk, OUT: out, KILOBYTES: `${kilobytes}` }),
  });
  await once(child, 'close');
  const read = (name: string) => readFileSync(join(out, name), 'utf8');
  const [full, rerun] = read('codes').trim().split(' ').map(Number);
  const result = (name: string, code = Number.NaN): CommandResult => ({
    code,
    stdout: read(`${name}.out`),
    stderr: read(`${name}.err`),
  });
  const copy = join(out, 'mail.duckdb');
  return {
    full: result('full', full),
    rerun: result('rerun', rerun),
    files: read('files').trim().split('\n'),
    archive: existsSync(copy) ? copy : undefined,
  };
}

export { diskKind, ingestOnSmallDisk };
