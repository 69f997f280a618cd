import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { Bucket } from '../../../consumer/archive/objects/places/bucket';
import { checkDeletion } from '../../../consumer/archive/objects/places/check-deletion';
import { replaceObject } from '../../../consumer/archive/objects/places/replace-object';

/** A bucket whose server does not exist: a request would fail with another error. */
const bucket: Bucket = {
  name: 'archive',
  client: new S3Client({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1' }),
  options: {},
  versioning: 'enabled',
  isMfaRequired: true,
  hasObjectLock: false,
};

describe('before the first request, an object is rejected', () => {
  it('in a bucket with MFA delete, if versions have to be deleted', async () => {
    const deletion = { bucket, key: 'a', isDryRun: false, hasNullVersion: false };
    await expect(checkDeletion({ ...deletion, versionIds: ['v1'] })).rejects.toThrow(
      'nothing was changed: the bucket has MFA delete, which requires a code for each version',
    );
    await expect(checkDeletion({ ...deletion, versionIds: [] })).resolves.toBeUndefined();
  });

  it('with more than 5 GiB', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ses-events-limits-'));
    try {
      const path = join(folder, 'large');
      const file = openSync(path, 'w');
      ftruncateSync(file, 5 * 1024 ** 3 + 1); // sparse: it takes no space
      closeSync(file);
      const target = { bucket, key: 'a', etag: 'e' };
      await expect(replaceObject(target, { path, sha256: '' })).rejects.toThrow(
        'nothing was changed: it has 5368709121 bytes, and S3 replaces at most 5368709120 at once; split it',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
