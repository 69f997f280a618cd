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

describeWithMoto('an object that Firehose writes', (executables) => {
  const start = useFirehoseFixture(executables);

  it('holds the records as they came, and is called after the stream, its version and their time', async () => {
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

  it('is compressed, and lies under the prefix, in its time zone', async () => {
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

  it('has the extension that is set instead of its own', async () => {
    const fixture = await start({ CompressionFormat: 'GZIP', FileExtension: '.json.gz' });
    await fixture.put('a\n');
    await fixture.plane.flush();
    expect((await fixture.objects()).map(({ key }) => key)).toEqual([
      expect.stringMatching(/[0-9a-f]{12}\.json\.gz$/),
    ]);
  });

  it('is written once there is as much as the buffer holds', async () => {
    const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: 900 };
    const fixture = await start({ BufferingHints });
    await fixture.put('a'.repeat(1_000_000));
    expect(fixture.plane.waitingRecords).toBe(1);
    await fixture.put('b'.repeat(100_000), 'c');
    await until(() => fixture.plane.waitingRecords === 1);
    expect((await fixture.texts()).map(({ length }) => length)).toEqual([1_100_000]);
  });

  it('is written once the interval is over', async () => {
    const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: 60 };
    const fixture = await start({ BufferingHints }, { millisecondsPerSecond: 1 });
    await fixture.put('a');
    await until(() => fixture.plane.waitingRecords === 0);
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('is of the next version after a change, and what was taken before it is delivered as before', async () => {
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

  it('is doubled by a backup, which has the records as they came', async () => {
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

  it('is only of the backup where the data becomes Parquet, which is not made here', async () => {
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

  it('holds a record a second time when it is delivered twice', async () => {
    const fixture = await start({}, { faults: { repeats: (bytes) => bytes.toString() === 'b' } });
    await fixture.put('a', 'b', 'c');
    await fixture.plane.flush();
    expect((await fixture.texts()).sort()).toEqual(['abc', 'b']);
  });
});

describeWithMoto('a stream that cannot write', (executables) => {
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
    ['its role may do nothing', (fixture) => fixture.revoke('deliver'), 'S3.AccessDenied'],
    [
      'its role may write to another bucket',
      (fixture) => fixture.permit('deliver', other),
      'S3.AccessDenied',
    ],
    [
      'its role may write to another folder',
      (fixture) =>
        fixture.permit('deliver', deliveryPermissionsPolicy({ ...anywhere, prefixes: ['events/'] })),
      'S3.AccessDenied',
    ],
    [
      'its role may write to a bucket of another account',
      (fixture) =>
        fixture.permit(
          'deliver',
          deliveryPermissionsPolicy({ ...anywhere, bucketAccountId: '999999999999' }),
        ),
      'S3.AccessDenied',
    ],
    ['its role does not trust Firehose', distrust, 'S3.AccessDenied'],
    ['its role is bounded', bounds, 'S3.AccessDenied'],
    [
      'there is no bucket',
      ({ s3 }) => s3.send(new DeleteBucketCommand({ Bucket: bucket })),
      'S3.NoSuchBucket',
    ],
  ])('for %s writes nothing, says so, and keeps the records', async (_, spoil, code) => {
    const fixture = await start();
    await spoil(fixture);
    await fixture.put('a', 'b');
    await fixture.plane.flush();
    expect(fixture.plane.waitingRecords).toBe(2);
    expect(new Set(fixture.plane.failures.map((failure) => failure.code))).toEqual(new Set([code]));
    if (code !== 'S3.NoSuchBucket') expect(await fixture.objects()).toEqual([]);
  });

  it('needs the key that it encrypts with, through S3 and for the bucket', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000';
    const EncryptionConfiguration = { KMSEncryptionConfig: { AWSKMSKeyARN: keyArn } };
    const fixture = await start({ EncryptionConfiguration });
    await fixture.put('a');
    await fixture.plane.flush();
    expect(fixture.plane.failures).toEqual([
      {
        streamName,
        code: 'S3.AccessDenied',
        message: `${fixture.roleArn} may not kms:GenerateDataKey ${keyArn}`,
      },
    ]);
    const place = { bucketArn, region: 'us-east-1', dnsSuffix: 'amazonaws.com' };
    await fixture.permit('use-key', deliveryKeyPermissionsPolicy({ keyArn, ...place }));
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('writes by itself once it may, and once', async () => {
    const fixture = await start({}, { millisecondsPerSecond: 1 });
    await fixture.revoke('deliver');
    await fixture.put('a');
    await until(() => fixture.plane.failures.length > 1);
    expect(await fixture.objects()).toEqual([]);
    await fixture.permit('deliver', deliveryPermissionsPolicy(anywhere));
    await until(() => fixture.plane.waitingRecords === 0);
    expect(await fixture.texts()).toEqual(['a']);
  });

  it('says which prefix AWS would not have taken', async () => {
    const fixture = await start({ Prefix: '!{timestamp:QQ}/' });
    await fixture.put('a');
    await expect(fixture.plane.flush()).rejects.toThrow('the letters "QQ" of the time "QQ" are not known');
  });
});
