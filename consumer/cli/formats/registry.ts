import { csv } from './csv';
import { json, ndjson } from './json';
import type { TextFormat } from './line-format';

/**
 * Every format that a list is written in for other programs. A further one is a file that makes its
 * {@link TextFormat}, and a line here: every command that writes a list has it then.
 */
const textFormats = { json, ndjson, csv } as const satisfies Readonly<Record<string, TextFormat>>;

/** The name of a format, as `--format` takes it. */
type TextFormatName = keyof typeof textFormats;

/** A format for other programs, or the table for a person. */
type ListFormatName = 'table' | TextFormatName;

const names = Object.keys(textFormats) as TextFormatName[]; // Object.keys forgets the key type

/** What `--format` takes for a list with columns. */
const listFormats: readonly ListFormatName[] = ['table', ...names];

/** What `--format` takes for a list whose things have no columns. */
const plainListFormats = listFormats.filter((name) => name === 'table' || !textFormats[name].needsColumns);

export { type ListFormatName, listFormats, plainListFormats, type TextFormatName, textFormats };
