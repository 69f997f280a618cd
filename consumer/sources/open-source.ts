import { stat } from 'node:fs/promises';
import { isJsonObject } from '../events/json-object';
import { received } from '../records/check-options';
import { DirectorySource } from './directory';
import { fileObject } from './file';
import { S3Source } from './s3';
import type { S3Options } from './s3-options';
import { type SkippedObjects, type Source, type SourceObject, sourceOf } from './source';
import { SourceError } from './source-error';
import { streamSource } from './standard-input';

/** A readable input: one or several names, or a custom source. */
type Readable = string | readonly string[] | Source;

/** Options to open a source by its name. */
interface OpenOptions {
  /** Options to access S3. */
  s3?: S3Options | undefined;
  /** Skips partitions that end before this time, less a margin of 14 hours and 15 minutes. */
  since?: Date | undefined;
  /**
   * The stream for the name `-`.
   * @default - standard input of the process
   */
  standardInput?: AsyncIterable<Uint8Array> | undefined;
}

const s3Uri = /^s3:\/\/([^/]+)(?:\/(.*))?$/s;

function filesSource(paths: readonly string[], isNamed: boolean): Source {
  return sourceOf(paths.map((path) => ({ ...fileObject(path), isNamed })));
}

async function openPath(name: string, options: OpenOptions): Promise<Source> {
  const status = await stat(name).catch(() => undefined); // an error is handled below
  if (status?.isDirectory() === true) return new DirectorySource(name, options);
  if (status !== undefined) return filesSource([name], true);
  // Only loaded for a possible pattern, because it cannot be bundled for a Lambda function.
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (isDynamicPattern(name)) {
    const paths = await glob(name, { expandDirectories: false, absolute: false });
    if (paths.length > 0) return filesSource(paths.sort(), false);
    throw new SourceError(`no file matches ${name}: check the pattern`);
  }
  throw new SourceError(
    `no such file or folder: ${name}; use a file, a folder, a glob or s3://bucket/prefix`,
  );
}

async function openOne(name: string, options: OpenOptions): Promise<Source> {
  if (name === '-') return streamSource(options.standardInput);
  const [, bucket, prefix = ''] = s3Uri.exec(name) ?? [];
  if (bucket !== undefined) return new S3Source(bucket, prefix, options.s3, options.since);
  if (name.startsWith('s3:'))
    throw new SourceError(`invalid S3 address ${name}: use the form s3://bucket/prefix`);
  return openPath(name, options);
}

/** Several sources, read one after the other. */
class JoinedSource implements Source {
  constructor(private readonly sources: readonly Source[]) {}

  get skippedObjects(): SkippedObjects {
    const sum = { foreign: 0, beforeSince: 0, links: 0 };
    for (const { skippedObjects } of this.sources) {
      sum.foreign += skippedObjects.foreign;
      sum.beforeSince += skippedObjects.beforeSince;
      sum.links += skippedObjects.links ?? 0;
    }
    return sum;
  }

  async *objects(): AsyncGenerator<SourceObject, void> {
    for (const source of this.sources) yield* source.objects();
  }
}

function isSource(readable: Readable): readable is Source {
  return typeof readable === 'object' && 'objects' in readable;
}

/**
 * Checks a source, for callers without types.
 * @throws {TypeError} when it is not a name, a list of names or a source
 */
function checkReadable(readable: unknown): void {
  const names: readonly unknown[] = Array.isArray(readable) ? readable : [readable];
  if (names.every((name) => typeof name === 'string')) return;
  if (isJsonObject(readable) && typeof readable.objects === 'function') return;
  const wrong = names.find((name) => typeof name !== 'string');
  throw new TypeError(
    `a source must be a name such as 's3://my-bucket/events/', a list of names, or an object with objects(): received ${received(wrong)}`,
  );
}

/**
 * Opens sources by name: a file, a folder (with everything below it), a glob, `s3://bucket/prefix`, or `-`
 * for standard input. Several are read one after the other.
 *
 * @throws {TypeError} when the names are not texts
 * @throws {SourceError} when there is no such file or folder, or a name has none of these forms
 *
 * @example
 * ```ts
 * const source = await openSource(['s3://my-bucket/events/', './yesterday.gz']);
 * ```
 */
async function openSource(names: Readable, options: OpenOptions = {}): Promise<Source> {
  checkReadable(names);
  if (isSource(names)) return names;
  const list = typeof names === 'string' ? [names] : names;
  const sources = await Promise.all(list.map((name) => openOne(name, options)));
  return sources.length === 1 && sources[0] !== undefined ? sources[0] : new JoinedSource(sources);
}

export { checkReadable, type OpenOptions, openSource, type Readable };
