import { domainToASCII } from 'node:url';
import type { Person } from './spellings';

/** Maximum depth of nested encodings. */
const maxDepth = 4;

/** Every text with an address, encoded or not, matches. */
const sign = /[@%\\=]|[A-Za-z0-9+/_-]{9}/;

/** Matches bytes that begin with text. Later bytes of the same run can be arbitrary. */
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

/** Yields the decoded base64 in a text, from each possible start. */
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

/** Returns all texts that decoding a text can return. */
function decodings(text: string): Set<string> {
  const found = new Set<string>();
  const visit = (current: string, depth: number): void => {
    if (found.has(current)) return;
    found.add(current);
    if (depth === maxDepth || !sign.test(current)) return;
    for (const decode of [percentDecoded, unescaped, wordsDecoded]) visit(decode(current), depth + 1);
    for (const decoded of base64Decoded(current)) visit(decoded, depth + 1);
  };
  visit(text, 0);
  return found;
}

/** Returns a decoded text that contains the person's address. Undefined when there is none. */
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
