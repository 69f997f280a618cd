/** The order of a folder's names: by time, with the newest last, or another one. */
type FolderOrder = 'time' | 'other';

/** The folders that Firehose creates for its objects. */
interface PrefixFolders {
  /** The common beginning of all keys. */
  readonly fixed: string;
  /** The order of each folder level after it. */
  readonly orders: readonly FolderOrder[];
}

/** The folders that Firehose appends to a prefix without expressions. */
const defaultFolders = '!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/';

const expression = /!\{([^}]*)\}/g;

/** Expands a prefix to one expression per folder, with the folders that Firehose appends. */
function expanded(prefix: string): string {
  const complete = prefix.includes('!{') ? prefix : prefix + defaultFolders;
  return complete.replaceAll(/!\{timestamp:([^}]*)\}/g, (_, format: string) =>
    format
      .split('/')
      .map((part) => `!{timestamp:${part}}`)
      .join('/'),
  );
}

/** From the largest unit to the smallest; in this order names sort by time. */
const units = 'yMdHms';

function orderOf(folder: string): FolderOrder {
  const expressions = [...folder.matchAll(expression)].map(([, inside = '']) => inside);
  const letters = expressions.map((inside) => inside.replace(/^timestamp:/, '')).join('');
  const places = [...letters]
    .filter((letter) => /[a-zA-Z]/.test(letter))
    .map((letter) => units.indexOf(letter));
  const isTime = expressions.every((inside) => inside.startsWith('timestamp:')) && !places.includes(-1);
  return isTime && places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))
    ? 'time'
    : 'other';
}

/**
 * Returns the folder levels of a stream's prefix, with the order of their names.
 * @param prefix with Firehose's expressions, or without any; Firehose then appends the hour in UTC
 * @example prefixFolders('events/dt=!{timestamp:yyyy-MM-dd}/') // { fixed: 'events/', orders: ['time'] }
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
function prefixFolders(prefix: string): PrefixFolders {
  const complete = expanded(prefix);
  const fixed = complete.slice(0, complete.indexOf('!{'));
  const start = fixed.lastIndexOf('/') + 1; // the beginning of the first folder's name is fixed too
  const folders = complete.slice(start).split('/').slice(0, -1);
  return { fixed, orders: folders.map(orderOf) };
}

/** Returns a possible key of an object of the stream, for evaluating policies. */
function exampleKey(prefix: string, streamName: string): string {
  const values: Readonly<Record<string, string>> = {
    'firehose:error-output-type': 'processing-failed',
    'firehose:random-string': 'abcdefghijk',
  };
  const digits = (format: string) => format.replaceAll(/[a-zA-Z]/g, '0');
  const folders = expanded(prefix).replaceAll(expression, (_, inside: string) =>
    inside.startsWith('timestamp:') ? digits(inside.slice('timestamp:'.length)) : (values[inside] ?? 'x'),
  );
  return `${folders}${streamName}-1-2026-01-01-00-00-00-00000000-0000-0000-0000-000000000000`;
}

/** Returns the fixed beginnings of the prefixes for records that Firehose could not deliver. */
function errorPrefixes(prefix: string, errorPrefix: string | undefined): string[] {
  if (errorPrefix !== undefined && errorPrefix !== '') return [prefixFolders(errorPrefix).fixed];
  const { fixed } = prefixFolders(prefix);
  return ['processing-failed/', 'format-conversion-failed/'].map((folder) => fixed + folder);
}

export { errorPrefixes, exampleKey, type PrefixFolders, prefixFolders };
