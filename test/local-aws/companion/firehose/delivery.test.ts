import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { UpdateDestinationCommand } from '@aws-sdk/client-firehose';
import {
  CreatePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import {
  deliveryKeyPermissionsPolicy,
  deliveryPermissionsPolicy,
  firehoseTrustPolicy,
} from '../../../../modules/delivery-stream/delivery-policies';
import { describeWithMoto } from '../../../queue/describe-with-moto';
import {
  accountId,
  bucket,
  bucketArn,
  type FirehoseFixture,
  streamName,
  useFirehoseFixture,
} from './firehose-fixture';

const arrival = new Date('2026-03-04T05:06:07Z');
const now = () => arrival;
const name = (version = 1) => `mail-${version}-2026-03-04-05-06-07-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

describeWithMoto('an object from Firehose', (executables) => {
  const start = useFirehoseFixture(executables);

  it('contains the unchanged records, and is named after the stream, its version and their time', async () => {
    const fixture = await start({}, { now });
    await fixture.put('{"a":1}\n', '{"b":2}');
    await fixture.put('', '{"c":3}\n');
    expect(await fixture.objects()).toEqual([]);
    await fixture.plane.flush();
    const [object, ...others] = await fixture.objects();
    expect(others).toEqual([]);
    expect(object?.content.toString()).toBe('{"a":1}\n{"b":2}{"c":3}\n');
    expect(object?.key).toMatch(new RegExp(`^2026/03/04/05/${name()}$`));
    expect(fixture.plane.waitingRecords).toBe(0);
  });

  it('is compressed, below the prefix in its time zone', async () => {
    const Prefix = 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/';
    const ErrorOutputPrefix = 'errors/!{firehose:error-output-type}/';
    const settings = {
      Prefix,
      ErrorOutputPrefix,
      CompressionFormat: 'GZIP',
      CustomTimeZone: 'Asia/Tokyo',
    } as const;
    const fixture = await start(settings, { now });
    await fixture.put('a\n');
    await fixture.plane.flush();
    const [object] = await fixture.objects();
    expect(object?.key).toMatch(
      /^events\/dt=2026-03-04\/hour=14\/mail-1-2026-03-04-14-06-07-[-0-9a-f]{36}\.gz$/,
    );
    expect(object?.contentEncoding).toBe('gzip');
    expect(gunzipSync(object?.content ?? '').toString()).toBe('a\n');
  });

  it('has the configured extension', async () => {
    const fixture = await start({ CompressionFormat: 'GZIP', FileExtension: '.json.gz' });
    await fixture.put('a\n');
    await fixture.plane.flush();
    expect((await fixture.objects()).map(({ key }) => key)).toEqual([
      expect.stringMatching(/[0-9a-f]{12}\.json\.gz$/),
    ]);
  });

  it('is written when the buffer is full', async () => {
    const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: 900 };
    const fixture = await start({ BufferingHints });
    await fixture.put('a'.repeat(1_000_000));
    expect(fixture.plane.waitingRecords).toBe(1);
    await fixture.put('b'.repeat(100_000), 'c');
    await until(() => fixture.plane.waitingRecords === 1);
    expect((await fixture.texts()).map(({ length }) => length)).toEqual([1_100_000]);
  });

  it('is written after the buffering interval', async () => {
    const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: 60 };
    const fixture = await start({ BufferingHints }, { millisecondsPerSecond: 1 });
    await fixture.put('a');
    await until(() => fixture.plane.waitingRecords === 0);
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('has the next version after a change. Earlier records are delivered with the previous configuration', async () => {
    const fixture = await start({ Prefix: 'one/' }, { now });
    await fixture.put('a');
    await fixture.firehose.send(
      new UpdateDestinationCommand({
        ...{ DeliveryStreamName: streamName, CurrentDeliveryStreamVersionId: '1' },
        DestinationId: 'destinationId-000000000001',
        ExtendedS3DestinationUpdate: { Prefix: 'two/' },
      }),
    );
    await fixture.put('b');
    await fixture.plane.flush();
    const [one, two] = await fixture.objects();
    expect(one?.key).toMatch(new RegExp(`^one/2026/03/04/05/${name()}$`));
    expect(two?.key).toMatch(new RegExp(`^two/2026/03/04/05/${name(2)}$`));
    expect(await fixture.texts()).toEqual(['a', 'b']);
  });

  it('has a backup with the unchanged records', async () => {
    const fixture = await start({
      Prefix: 'data/',
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: {
        RoleARN: `arn:aws:iam::123456789012:role/delivery`,
        BucketARN: bucketArn,
        Prefix: 'backup/',
      },
    });
    await fixture.put('a', 'b');
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['ab', 'a\nb\n']);
    expect((await fixture.objects()).map(({ key }) => key.split('/')[0])).toEqual(['backup', 'data']);
  });

  it('is only written for the backup with conversion to Parquet, which is not supported', async () => {
    const place = { RoleARN: 'arn:aws:iam::123456789012:role/delivery', BucketARN: bucketArn };
    const fixture = await start({
      Prefix: 'parquet/',
      DataFormatConversionConfiguration: { Enabled: true },
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: { ...place, Prefix: 'backup/', CompressionFormat: 'GZIP' },
    });
    await fixture.put('a\n');
    await fixture.plane.flush();
    const [object, ...others] = await fixture.objects();
    expect(others).toEqual([]);
    expect(object?.key).toMatch(/^backup\/.*\.gz$/);
    expect(fixture.plane.waitingRecords).toBe(0);
  });

  it('contains a record again when it is delivered twice', async () => {
    const fixture = await start({}, { faults: { repeats: (bytes) => bytes.toString() === 'b' } });
    await fixture.put('a', 'b', 'c');
    await fixture.plane.flush();
    expect((await fixture.texts()).sort()).toEqual(['abc', 'b']);
  });
});

describeWithMoto('a stream without a permission to write', (executables) => {
  const start = useFirehoseFixture(executables);

  const anywhere = {
    ...{ bucketArn, bucketAccountId: accountId, logGroupArn: 'arn:aws:logs:::x' },
    prefixes: [''],
  };
  const other = deliveryPermissionsPolicy({ ...anywhere, bucketArn: 'arn:aws:s3:::other' });
  const bounds = async ({ iam }: FirehoseFixture) => {
    const PolicyDocument = JSON.stringify(other);
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'bounds', PolicyDocument }));
    const PermissionsBoundary = Policy?.Arn;
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'delivery', PermissionsBoundary }));
  };
  const distrust = ({ iam }: FirehoseFixture) => {
    const PolicyDocument = JSON.stringify(firehoseTrustPolicy({ accountId: '999999999999' }));
    return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'delivery', PolicyDocument }));
  };

  it.each<[why: string, spoil: (fixture: FirehoseFixture) => Promise<unknown>, code: string]>([
    ['its role has no permissions', (fixture) => fixture.revoke('deliver'), 'S3.AccessDenied'],
    [
      'its role can write to another bucket only',
      (fixture) => fixture.permit('deliver', other),
      'S3.AccessDenied',
    ],
    [
      'its role can write to another folder only',
      (fixture) =>
        fixture.permit('deliver', deliveryPermissionsPolicy({ ...anywhere, prefixes: ['events/'] })),
      'S3.AccessDenied',
    ],
    [
      'its role can write to a bucket of another account only',
      (fixture) =>
        fixture.permit(
          'deliver',
          deliveryPermissionsPolicy({ ...anywhere, bucketAccountId: '999999999999' }),
        ),
      'S3.AccessDenied',
    ],
    ['its role does not trust Firehose', distrust, 'S3.AccessDenied'],
    ['its role has a permissions boundary', bounds, 'S3.AccessDenied'],
    [
      'the bucket does not exist',
      ({ s3 }) => s3.send(new DeleteBucketCommand({ Bucket: bucket })),
      'S3.NoSuchBucket',
    ],
  ])('writes no object, reports the error and keeps the records: %s', async (_, spoil, code) => {
    const fixture = await start();
    await spoil(fixture);
    await fixture.put('a', 'b');
    await fixture.plane.flush();
    expect(fixture.plane.waitingRecords).toBe(2);
    expect(new Set(fixture.plane.failures.map((failure) => failure.code))).toEqual(new Set([code]));
    if (code !== 'S3.NoSuchBucket') expect(await fixture.objects()).toEqual([]);
  });

  it('requires the key for encryption, through S3 and for the bucket', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000';
    const EncryptionConfiguration = { KMSEncryptionConfig: { AWSKMSKeyARN: keyArn } };
    const fixture = await start({ EncryptionConfiguration });
    await fixture.put('a');
    await fixture.plane.flush();
    expect(fixture.plane.failures).toEqual([
      {
        streamName,
        code: 'S3.AccessDenied',
        message: `${fixture.roleArn} is not allowed to kms:GenerateDataKey on ${keyArn}`,
      },
    ]);
    const place = { bucketArn, region: 'us-east-1', dnsSuffix: 'amazonaws.com' };
    await fixture.permit('use-key', deliveryKeyPermissionsPolicy({ keyArn, ...place }));
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('writes the object once after the permission is added', async () => {
    const fixture = await start({}, { millisecondsPerSecond: 1 });
    await fixture.revoke('deliver');
    await fixture.put('a');
    await until(() => fixture.plane.failures.length > 1);
    expect(await fixture.objects()).toEqual([]);
    await fixture.permit('deliver', deliveryPermissionsPolicy(anywhere));
    await until(() => fixture.plane.waitingRecords === 0);
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('reports a prefix that AWS would reject', async () => {
    const fixture = await start({ Prefix: '!{timestamp:QQ}/' });
    await fixture.put('a');
    await expect(fixture.plane.flush()).rejects.toThrow('unsupported letters "QQ" in the time format "QQ"');
  });
});
