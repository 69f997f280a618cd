import { isUtf8 } from 'node:buffer';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of cases that failed in the past, with a subfolder for each fuzzer. */
const casesFolder = join(__dirname, '..', 'fixtures', 'fuzz');

/** A case that every `npm test` runs. */
interface RegressionCase {
  name: string;
  /** The condition, as a sentence. */
  description: string;
  input: unknown;
}

/** Encodes bytes for JSON, as text or in base64. */
function encoded(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encoded(item)]));
}

function decoded(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  if ('text' in value && typeof value.text === 'string') return Buffer.from(value.text, 'utf8');
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  return value;
}

/** Returns the text of the file of a case. {@link parseCase} is the inverse. */
function formatCase(description: string, input: unknown): string {
  return `${JSON.stringify({ description, input: encoded(input) }, undefined, 2)}\n`;
}

/** Parses the file of a case. */
function parseCase(name: string, text: string): RegressionCase {
  const { description, input } = JSON.parse(text, decoded) as Omit<RegressionCase, 'name'>; // written by `formatCase`
  return { name, description: String(description), input };
}

/** Returns the regression cases of a fuzzer, sorted by name. */
function regressionCases(fuzzer: string): RegressionCase[] {
  const folder = join(casesFolder, fuzzer);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parseCase(file.slice(0, -'.json'.length), readFileSync(join(folder, file), 'utf8')));
}

/** Writes a failed case in the form of a regression case. Returns the path of the file. */
function writeCase(folder: string, name: string, description: string, input: unknown): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  writeFileSync(path, formatCase(description, input));
  return path;
}

export { formatCase, parseCase, regressionCases, writeCase };
