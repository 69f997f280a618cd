import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { S3Server } from '../../s3-server/s3-server';

/** The folder with the archives of earlier versions, one subfolder per version. */
const keptArchives = join(__dirname, '..', '..', 'fixtures', 'archives');

/** The source of every kept archive. Its ledger contains no path of a machine. */
const keptSource = 's3://archive/objects/';

/** The versions whose archives are kept. */
function keptVersions(): string[] {
  return readdirSync(keptArchives).sort();
}

/** An archive that an earlier version wrote, with the objects it was made from and the records it exported. */
class KeptArchive {
  private readonly folder: string;

  constructor(version: string) {
    this.folder = join(keptArchives, version);
  }

  /** The archive's file. */
  get file(): Buffer {
    return gunzipSync(readFileSync(join(this.folder, 'archive.duckdb.gz')));
  }

  /** What `export --format ndjson --raw` printed, by line. */
  get records(): string[] {
    const text = gunzipSync(readFileSync(join(this.folder, 'records.ndjson.gz'))).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  /** A server with the objects, in the versions of the archive's ledger. It accepts any credentials. */
  async serve(): Promise<S3Server> {
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    process.env.AWS_REGION = 'us-east-1';
    const server = await S3Server.start();
    const objects = join(this.folder, 'objects');
    for (const name of readdirSync(objects)) {
      server.put('archive', `objects/${name}`, readFileSync(join(objects, name)));
    }
    return server;
  }
}

export { KeptArchive, keptArchives, keptSource, keptVersions };
