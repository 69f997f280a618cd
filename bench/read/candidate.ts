import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The counts of a candidate, to verify that all candidates read the same events. */
interface Found {
  kinds: Record<string, number>;
}

/** A way to read an archive. Counts the events by kind. */
type Candidate = (archive: string) => Promise<Found>;

/**
 * Returns the files of an archive, in order. With `--half 0` or `--half 1` as the last arguments, every second
 * one.
 */
function files(archive: string): string[] {
  const all = allFiles(archive);
  const at = process.argv.indexOf('--half');
  return at === -1 ? all : all.filter((_, index) => index % 2 === Number(process.argv[at + 1]));
}

function allFiles(archive: string): string[] {
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
 * Runs a candidate on the archive in the first argument. Prints one line of JSON: the seconds of reading,
 * without the time to load modules, and the peak resident memory in MiB.
 */
async function runCandidate(candidate: Candidate): Promise<void> {
  const [archive = ''] = process.argv.slice(2);
  const started = process.hrtime.bigint();
  const { kinds } = await candidate(archive);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peakMebibytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ seconds, peakMebibytes, kinds })}\n`);
}

export { type Candidate, count, type Found, files, runCandidate };
