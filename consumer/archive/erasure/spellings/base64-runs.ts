import { isUtf8 } from 'node:buffer';
import type { EraseText, Replacement } from './encoded-words';

/** The shortest address, `a@b.c`, takes seven. */
const runs = /[A-Za-z0-9+/_-]{7,}={0,2}/g;

/** In a longer run a path or a name before the base64 is not looked for, and never behind more parts. */
const longestPath = 4096;
const mostParts = 32;

/** Bytes without one of these hold no address. */
const addressSign = /@|%(?:25)*40|\\u0040|=\?/i;

/** Base64 within base64: the shortest address takes ten characters, and so deep it is looked for. */
const innerRuns = /[A-Za-z0-9+/_-]{10,}/g;
const deepest = 4;

/** Whether the bytes that base64 stands for may hold an address, or base64 that does. */
function hasSign(run: string, depth = 1): boolean {
  const text = Buffer.from(run, 'base64').toString('latin1');
  if (addressSign.test(text)) return true;
  if (depth === deepest) return false;
  return (text.match(innerRuns) ?? []).some((inner) =>
    [0, 1, 2, 3].some((start) => hasSign(inner.slice(start), depth + 1)),
  );
}

/** Where base64 may start in a run: at its start, after a cut, or behind what a link has before it. */
function startsIn(run: string): Set<number> {
  // From a start on, four characters make a group: other starts give the ends of what these four give.
  const starts = new Set([0, 1, 2, 3].filter((start) => hasSign(run.slice(start))));
  if (starts.size === 0) return starts;
  if (run.length > longestPath) return starts;
  for (const { index } of run.matchAll(/[+/_-]/g)) {
    if (starts.size >= mostParts) break;
    starts.add(index + 1);
  }
  return starts;
}

/** Bytes as base64 in the alphabet and with the padding that the original has. */
function encodedLike(original: string, bytes: Buffer): string {
  const encoded = bytes.toString(/[-_]/.test(original) ? 'base64url' : 'base64').replace(/=+$/, '');
  const isPadded = original.endsWith('=') || original.length % 4 === 0;
  return isPadded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded;
}

/** The base64 in a text whose content is to be replaced. */
function* base64Runs(text: string, erase: EraseText): Generator<Replacement, void> {
  for (const { 0: run, index } of text.matchAll(runs)) {
    for (const start of startsIn(run)) {
      const encoded = run.slice(start);
      const bytes = Buffer.from(encoded, 'base64');
      if (!hasSign(encoded)) continue;
      const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'; // so that what is no text comes back as it was
      const plain = bytes.toString(encoding);
      const erased = erase(plain);
      if (erased === plain) continue;
      const place = index + start;
      yield {
        start: place,
        end: place + encoded.length,
        text: encodedLike(encoded, Buffer.from(erased, encoding)),
      };
      break;
    }
  }
}

export { base64Runs };
