import { csv } from './csv';
import { json, ndjson } from './json';
import type { TextFormat } from './line-format';
import { markdown } from './markdown';

/**
 * All formats for lists that other programs read. To add one, write a file with its {@link TextFormat} and a
 * line here; every command that writes a list then has it.
 */
const textFormats = {
  json,
  ndjson,
  csv,
  markdown,
} as const satisfies Readonly<Record<string, TextFormat>>;

/** The name of a format in `--format`. */
type TextFormatName = keyof typeof textFormats;

/** A format for other programs, or the table. */
type ListFormatName = 'table' | TextFormatName;

const names = Object.keys(textFormats) as TextFormatName[]; // Object.keys loses the key type

/** Values of `--format` for a list with columns. */
const listFormats: readonly ListFormatName[] = ['table', ...names];

/** Values of `--format` for a list without columns. */
const plainListFormats = listFormats.filter((name) => name === 'table' || !textFormats[name].needsColumns);

export { type ListFormatName, listFormats, plainListFormats, type TextFormatName, textFormats };
