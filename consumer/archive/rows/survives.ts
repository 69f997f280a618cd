import { isUtf8 } from 'node:buffer';
import { exactForm } from './exact-form';

/** NUL and lone surrogates, escaped by JSON.stringify: no database can store them in a text. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

const loneSurrogate = /\p{Surrogate}/gu;

/** Whether all texts of a tree can be stored unchanged. */
function isStorable(json: string): boolean {
  return !unstorable.test(json);
}

/**
 * Whether a record's bytes contain no more information than the tree from JSON.parse: no rounded number, no duplicate
 * key, no invalid text. Otherwise the bytes have to be stored.
 */
function survives(raw: Buffer, tree: unknown): boolean {
  const json = JSON.stringify(tree);
  if (!isUtf8(raw) || !isStorable(json)) return false;
  const text = raw.toString('utf8');
  return text === json || exactForm(text) === exactForm(json);
}

/** Replaces the characters that no database can store, for columns beside the stored bytes. */
function storableText(text: string): string {
  return text.replace(loneSurrogate, '\ufffd').replaceAll('\0', '\ufffd');
}

/** Returns a tree whose texts can all be stored. */
function storableTree(tree: unknown): unknown {
  if (typeof tree === 'string') return storableText(tree);
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map(storableTree);
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [storableText(key), storableTree(value)]),
  );
}

export { storableText, storableTree, survives };
