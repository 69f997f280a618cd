import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseRecord } from '../../consumer/records/parse-record';

/** Returns the lines of an object as text tables have them: decompressed once, by its name. */
function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  // A carriage return also ends a line.
  const lines = text.split(/\r\n|\r|\n/);
  if (!relative('.', path).includes('errors/')) return lines;
  return lines.flatMap((line) => {
    if (line.trim() === '') return [];
    const { rawData } = JSON.parse(line) as { rawData: string }; // as Firehose writes them
    return Buffer.from(rawData, 'base64').toString('utf8').split('\n');
  });
}

const strip = (line: string) => line.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** Checks whether a line is exactly one event-publishing record. */
function isReadable(line: string): boolean {
  const [outcome, ...more] = parseRecord(line);
  if (outcome?.outcome !== 'event' || more.length > 0) return false;
  const { origin, envelopes, length } = outcome.provenance;
  return origin === 'event-publishing' && envelopes.length === 0 && length === Buffer.byteLength(line);
}

/**
 * Copies the readable lines of the objects below a folder, object by object.
 * @returns the number of unreadable lines, without blank lines
 */
function copyReadable(from: string, to: string): number {
  let unreadable = 0;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const lines = linesOf(path)
      .map(strip)
      .filter((line) => line !== '');
    const readable = lines.filter(isReadable);
    unreadable += lines.length - readable.length;
    const copy = join(to, relative(from, path)).replace(/\.gz$/, '');
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, `${readable.join('\n')}\n`);
  }
  return unreadable;
}

export { copyReadable };
