import { constants } from 'node:fs';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { sampleObjects } from '../../sample';
import { parseCount } from '../options/option-values';
import { formatBytes, formatCount } from '../output/number-text';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { OutputError, UsageError } from '../process/exit-code';

interface SampleCliOptions {
  events: number;
  seed: number;
  out: string;
  force?: boolean;
}

/**
 * Creates a folder with its missing parents; does nothing when it exists. Node's own recursive mkdir never
 * ends where no folder can be created, as in /proc.
 *
 * @throws an error of node:fs when it cannot be created
 */
async function makeFolder(path: string): Promise<void> {
  const code = await mkdir(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
      return error.code;
    },
  );
  if (code !== 'ENOENT') return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}

/**
 * Creates the directory before the sample is made. It rejects a directory with files, because the mixture
 * would not be reproducible from a seed.
 */
async function prepareDirectory(directory: string, force: boolean): Promise<void> {
  try {
    await makeFolder(directory);
    const names = await readdir(directory);
    await access(directory, constants.W_OK | constants.X_OK);
    if (names.length === 0 || force) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new UsageError(`cannot write into ${directory}: ${code}; name a directory`);
  }
  throw new UsageError(`${directory} is not empty: name another directory, or add --force to write into it`);
}

async function writeObject(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await makeFolder(dirname(path));
    await writeFile(path, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new OutputError(`cannot write ${path}: ${code}; make room or name another directory`);
  }
}

async function sample(
  context: CommandContext,
  { events, seed, out, force = false }: SampleCliOptions,
): Promise<void> {
  await prepareDirectory(out, force);
  const written = { objects: 0, bytes: 0 };
  for (const { key, bytes } of sampleObjects({ events, seed })) {
    await writeObject(join(out, key), bytes);
    written.objects++;
    written.bytes += bytes.length;
    if (context.isInterrupted) break;
  }
  const share = context.isInterrupted ? 'some of ' : '';
  context.stderr.write(
    `${share}${formatCount(events)} events in ${formatCount(written.objects)} objects, ${formatBytes(written.bytes)}, in ${terminalText(out)}\n`,
  );
}

/** `ses-events sample`: writes a made-up archive in the form that Firehose delivers. */
function sampleCommand(context: CommandContext): Command {
  return new Command('sample')
    .summary('write a made-up archive, in the form that Firehose delivers')
    .description(
      'Writes a realistic archive of made-up events: message life cycles of all ten kinds, late and repeated ' +
        'opens, duplicates, several recipients, broken records, odd framings. The same seed gives the same archive.',
    )
    .option('-n, --events <count>', 'distinct events', parseCount, 20_000)
    .option('--seed <number>', 'which archive', parseCount, 1)
    .requiredOption('-o, --out <directory>', 'where to write; created when missing')
    .option('--force', 'write into a directory that is not empty')
    .addHelpText('after', '\nExample:\n  $ ses-events sample --events 100000 --seed 7 --out ./archive\n')
    .action((options: SampleCliOptions) => sample(context, options));
}

export { sampleCommand };
