import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a contender found, so that no one wins by reading less. */
interface Found {
  kinds: Record<string, number>;
}

/** One way to read an archive: counts its events by kind. */
type Contender = (archive: string) => Promise<Found>;

/** The archive's objects as files, in order. */
function files(archive: string): string[] {
  return readdirSync(archive, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Counts one event. */
function count(kinds: Record<string, number>, kind: string): void {
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}

/**
 * Runs a contender on the archive named on the command line and prints one line of JSON: seconds of
 * reading, without the time to load modules, and the peak of resident memory in MiB.
 */
async function runContender(contender: Contender): Promise<void> {
  const [archive = ''] = process.argv.slice(2);
  const started = process.hrtime.bigint();
  const { kinds } = await contender(archive);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peakMebibytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ seconds, peakMebibytes, kinds })}\n`);
}

export { type Contender, count, type Found, files, runContender };
