import { isUtf8 } from 'node:buffer';
import { exactForm } from './exact-form';

/** NUL and lone surrogates, which JSON.stringify escapes: no database keeps them in a text. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

const loneSurrogate = /\p{Surrogate}/gu;

/** Whether a tree's texts can be stored as they are. */
function isStorable(json: string): boolean {
  return !unstorable.test(json);
}

/**
 * Whether a record's bytes say no more than the tree that JSON.parse made of them: no number that it
 * rounds, no duplicate key, nothing that is no text. Otherwise the bytes have to be kept.
 */
function survives(raw: Buffer, tree: unknown): boolean {
  const json = JSON.stringify(tree);
  if (!isUtf8(raw) || !isStorable(json)) return false;
  const text = raw.toString('utf8');
  return text === json || exactForm(text) === exactForm(json);
}

/** A text without what no database keeps, for columns beside the kept bytes. */
function storableText(text: string): string {
  return text.replace(loneSurrogate, '\ufffd').replaceAll('\0', '\ufffd');
}

/** A tree whose texts can all be stored. */
function storableTree(tree: unknown): unknown {
  if (typeof tree === 'string') return storableText(tree);
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map(storableTree);
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [storableText(key), storableTree(value)]),
  );
}

export { storableText, storableTree, survives };
