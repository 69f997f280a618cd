import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseRecord } from '../../consumer/records/parse-record';

/** The lines of an object as a reader of text tables has them: decompressed once, by its name. */
function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  // A carriage return ends a line too.
  const lines = text.split(/\r\n|\r|\n/);
  if (!relative('.', path).includes('errors/')) return lines;
  return lines.flatMap((line) => {
    if (line.trim() === '') return [];
    const { rawData } = JSON.parse(line) as { rawData: string }; // as Firehose writes them
    return Buffer.from(rawData, 'base64').toString('utf8').split('\n');
  });
}

const strip = (line: string) => line.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** Whether a line is one event-publishing record and nothing else. */
function isReadable(line: string): boolean {
  const [outcome, ...more] = parseRecord(line);
  if (outcome?.outcome !== 'event' || more.length > 0) return false;
  const { origin, envelopes, length } = outcome.provenance;
  return origin === 'event-publishing' && envelopes.length === 0 && length === Buffer.byteLength(line);
}

/**
 * Copies what a table of lines can read of the objects below a folder, object by object.
 * @returns how many lines, blank ones aside, it cannot read
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
