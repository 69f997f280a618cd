import { domainToASCII } from 'node:url';
import type { Person } from './spellings';

/** So deep what is encoded within something encoded is looked for. */
const deepest = 4;

/** What cannot hold an address or anything encoded that does. */
const sign = /[@%\\=]|[A-Za-z0-9+/_-]{9}/;

/** What begins like a text; what stands behind it in the same run need not be of it. */
const printable = /^[\x20-\x7e]{6}/;

function percentDecoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(["/\\]))/gi, (_, digits?: string, character?: string) =>
    digits === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64');
  const binary = text
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(binary, 'latin1');
}

function wordsDecoded(text: string): string {
  return text.replace(/=\?[^?\s]+\?[bq]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[bq]\?[^?\s]*\?=)*/gi, (words) => {
    const parts = [...words.matchAll(/=\?[^?\s]+\?([bq])\?([^?\s]*)\?=/gi)];
    return Buffer.concat(
      parts.map(([, encoding = '', content = '']) => wordBytes(encoding, content)),
    ).toString('utf8');
  });
}

/** What stands in base64 anywhere in a text: from each place at which it may begin. */
function* base64Decoded(text: string): Generator<string, void> {
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{9,}/g)) {
    const starts = new Set([0, 1, 2, 3]);
    for (const { index } of run.matchAll(/[+/_-]/g)) starts.add(index + 1);
    for (const start of starts) {
      const decoded = Buffer.from(run.slice(start), 'base64').toString('utf8');
      if (/[@%\\]/.test(decoded) || printable.test(decoded)) yield decoded;
    }
  }
}

/** Every text that can be made of one by taking away what spells it. */
function decodings(text: string): Set<string> {
  const found = new Set<string>();
  const look = (some: string, depth: number): void => {
    if (found.has(some)) return;
    found.add(some);
    if (depth === deepest || !sign.test(some)) return;
    for (const decode of [percentDecoded, unescaped, wordsDecoded]) look(decode(some), depth + 1);
    for (const decoded of base64Decoded(some)) look(decoded, depth + 1);
  };
  look(text, 0);
  return found;
}

/** What a text still tells of a person, in whatever spelling; undefined when it tells nothing. */
function traceOf({ local, domain }: Person, text: string): string | undefined {
  const names = [domain, domainToASCII(domain)].flatMap((name) => [
    `${local}@${name}`,
    `"${local}"@${name}`,
    `${local}=${name}`,
    `${local}%${name}`,
    `${name}=${local}`,
  ]);
  const marks = names.map((name) => name.normalize('NFC').toLowerCase());
  for (const decoded of decodings(text)) {
    const lower = decoded.normalize('NFC').toLowerCase();
    if (marks.some((mark) => lower.includes(mark))) return decoded;
  }
  return undefined;
}

export { traceOf };
