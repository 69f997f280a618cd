import { isUtf8 } from 'node:buffer';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where cases that once failed are kept, a folder for each fuzzer. */
const keptFolder = join(__dirname, '..', 'fixtures', 'fuzz');

/** A case that is run by every `npm test`. */
interface KeptCase {
  name: string;
  /** What must hold, in words. */
  what: string;
  input: unknown;
}

/** Bytes stand in JSON as the text that they are, or in base64. */
function writable(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(writable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writable(item)]));
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  if ('text' in value && typeof value.text === 'string') return Buffer.from(value.text, 'utf8');
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  return value;
}

/** A case as the text of its file; {@link caseOf} reads it back. */
function caseText(what: string, input: unknown): string {
  return `${JSON.stringify({ what, input: writable(input) }, undefined, 2)}\n`;
}

/** A case from the text of its file. */
function caseOf(name: string, text: string): KeptCase {
  const { what, input } = JSON.parse(text, readable) as Omit<KeptCase, 'name'>; // written by caseText
  return { name, what: String(what), input };
}

/** The cases kept for a fuzzer, by name. */
function keptCases(fuzzer: string): KeptCase[] {
  const folder = join(keptFolder, fuzzer);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => caseOf(file.slice(0, -'.json'.length), readFileSync(join(folder, file), 'utf8')));
}

/** Writes a case that failed, in the form of those that are kept, and gives the file's path. */
function writeCase(folder: string, name: string, what: string, input: unknown): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  writeFileSync(path, caseText(what, input));
  return path;
}

export { caseOf, caseText, keptCases, writeCase };
