import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { openSource } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import { SourceError } from '../../sources/source-error';
import { OwnFiles } from '../ingest/own-files';
import { type Bucket, openBucket } from './places/bucket';
import { BucketPrefix } from './places/bucket-prefix';
import { LocalFiles } from './places/local-files';
import type { StoredObjects } from './places/stored-object';
import { saltPath } from './salt-file';

/** Options for opening places with objects. */
interface PlaceOptions {
  archive?: string | undefined;
  manifest: string;
  since?: Date | undefined;
  s3?: S3Options | undefined;
}

/** Opened places, and the folder for the new content of objects in buckets. */
interface OpenedPlaces {
  places: readonly StoredObjects[];
  /** Removes the folder. */
  close(): void;
}

const s3Place = /^s3:\/\/([^/]+)(?:\/(.*))?$/s;

/** Whether a file is the archive, the manifest or one of their companions. */
function ownFile({ archive, manifest }: PlaceOptions): (path: string) => boolean {
  const ownFiles = archive === undefined ? undefined : new OwnFiles(archive);
  const own = new Set([manifest, saltPath(manifest)].map((path) => resolve(path)));
  return (path) => own.has(path) || ownFiles?.isArchive(path) === true;
}

/**
 * Opens the places whose objects are to be erased.
 *
 * @throws {SourceError} when there is no such file or folder, or a bucket cannot be accessed
 */
async function openPlaces(names: readonly string[], options: PlaceOptions): Promise<OpenedPlaces> {
  const { manifest, since, s3 = {} } = options;
  const folder = `${resolve(manifest)}.partial`;
  const buckets = new Map<string, Promise<Bucket>>();
  const isOwn = ownFile(options);
  const openOne = async (name: string): Promise<StoredObjects> => {
    const [, bucket, prefix = ''] = s3Place.exec(name) ?? [];
    if (bucket === undefined) {
      if (name === '-')
        throw new SourceError('standard input cannot be rewritten: use a file, a folder or s3://');
      return new LocalFiles(await openSource(name, { since }), since, isOwn);
    }
    const opened = buckets.get(bucket) ?? openBucket(bucket, s3);
    buckets.set(bucket, opened);
    return new BucketPrefix(await opened, prefix, since, folder);
  };
  const places = await Promise.all(names.map(openOne));
  const close = () => rmSync(folder, { recursive: true, force: true });
  close(); // a killed run can have left it
  return { places, close };
}

export { openPlaces };
