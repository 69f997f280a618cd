/** What orders the names of a folder: time, so that the last is the newest, or something else. */
type FolderOrder = 'time' | 'other';

/** How Firehose makes the folders of its objects. */
interface PrefixFolders {
  /** What all keys begin with. */
  readonly fixed: string;
  /** Of the folders behind it, one after the other. */
  readonly orders: readonly FolderOrder[];
}

/** What Firehose appends to a prefix without expressions. */
const defaultFolders = '!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/';

const expression = /!\{([^}]*)\}/g;

/** A prefix as if its folders were written one by one, with those that Firehose appends. */
function spelledOut(prefix: string): string {
  const whole = prefix.includes('!{') ? prefix : prefix + defaultFolders;
  return whole.replaceAll(/!\{timestamp:([^}]*)\}/g, (_, format: string) =>
    format
      .split('/')
      .map((part) => `!{timestamp:${part}}`)
      .join('/'),
  );
}

/** From the largest unit to the smallest: in this order names sort by time. */
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
 * The folders that a stream's prefix makes, by what orders their names.
 * @param prefix with Firehose's expressions, or without any: then it appends the hour in UTC
 * @example prefixFolders('events/dt=!{timestamp:yyyy-MM-dd}/') // { fixed: 'events/', orders: ['time'] }
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
function prefixFolders(prefix: string): PrefixFolders {
  const whole = spelledOut(prefix);
  const fixed = whole.slice(0, whole.indexOf('!{'));
  const start = fixed.lastIndexOf('/') + 1; // what the first folder's name begins with is fixed too
  const folders = whole.slice(start).split('/').slice(0, -1);
  return { fixed, orders: folders.map(orderOf) };
}

/** A key that an object of the stream could have, to ask policies about. */
function exampleKey(prefix: string, streamName: string): string {
  const values: Readonly<Record<string, string>> = {
    'firehose:error-output-type': 'processing-failed',
    'firehose:random-string': 'abcdefghijk',
  };
  const digits = (format: string) => format.replaceAll(/[a-zA-Z]/g, '0');
  const folders = spelledOut(prefix).replaceAll(expression, (_, inside: string) =>
    inside.startsWith('timestamp:') ? digits(inside.slice('timestamp:'.length)) : (values[inside] ?? 'x'),
  );
  return `${folders}${streamName}-1-2026-01-01-00-00-00-00000000-0000-0000-0000-000000000000`;
}

/** Where the records go that Firehose could not deliver, as far as it is fixed. */
function errorPrefixes(prefix: string, errorPrefix: string | undefined): string[] {
  if (errorPrefix !== undefined && errorPrefix !== '') return [prefixFolders(errorPrefix).fixed];
  const { fixed } = prefixFolders(prefix);
  return ['processing-failed/', 'format-conversion-failed/'].map((folder) => fixed + folder);
}

export { errorPrefixes, exampleKey, type PrefixFolders, prefixFolders };
