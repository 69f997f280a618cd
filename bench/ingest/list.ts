import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A minimal listing with sizes: of a directory, or of a bucket with the SDK. */
async function main([source = '', endpoint]: readonly string[]): Promise<void> {
  let bytes = 0;
  if (endpoint === undefined) {
    for (const name of await readdir(source, { recursive: true })) {
      const status = await stat(join(source, name));
      if (status.isFile()) bytes += status.size;
    }
  } else {
    const { S3Client, paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
    const client = new S3Client({ endpoint, forcePathStyle: true, region: 'us-east-1' });
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: source })) {
      for (const { Size = 0 } of Contents) bytes += Size;
    }
  }
  process.stdout.write(`${bytes}\n`);
}

void main(process.argv.slice(2));
