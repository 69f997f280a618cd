import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { archivePlace } from '../../consumer/doctor/places/archive-place';
import { judgeStream } from '../../consumer/doctor/stream';
import { absent, bucketArn, deliveryRole, found, refused, s3, stream, streamWith } from './healthy';

const judge = (description: DeliveryStreamDescription) => judgeStream(found(description), 'email-events');
const backup = { ...s3, Prefix: 'records/', BufferingHints: { IntervalInSeconds: 300 } };
const conversion = { DataFormatConversionConfiguration: { Enabled: true } };

describe('the stream', () => {
  it('is in order', () => {
    expect(judge(stream)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('email-events is active and delivers to s3://archive/events/dt='),
    });
  });

  it.each<[name: string, description: DeliveryStreamDescription, status: string, message: string]>([
    ['being created', { ...stream, DeliveryStreamStatus: 'CREATING' }, 'warning', 'still being created'],
    ['being deleted', { ...stream, DeliveryStreamStatus: 'DELETING' }, 'failure', 'it is DELETING'],
    [
      'not created',
      {
        ...stream,
        DeliveryStreamStatus: 'CREATING_FAILED',
        FailureDescription: { Type: 'DISABLED_KMS_KEY', Details: 'no key' },
      },
      'failure',
      'it is CREATING_FAILED (DISABLED_KMS_KEY: no key)',
    ],
    [
      'fed by a Kinesis stream',
      { ...stream, DeliveryStreamType: 'KinesisStreamAsSource' },
      'failure',
      'takes its records from elsewhere (KinesisStreamAsSource)',
    ],
    [
      'to somewhere else than S3',
      { ...stream, Destinations: [{ DestinationId: '1', SplunkDestinationDescription: {} }] },
      'failure',
      'does not deliver to S3',
    ],
    ['columns only', streamWith(conversion), 'warning', 'keeps columns only (Parquet or ORC)'],
  ])('is %s', (_, description, status, message) => {
    const finding = judge(description);
    expect(finding).toMatchObject({ check: 'stream', status });
    expect(finding.message).toContain(message);
    expect(finding.fix).toEqual(expect.stringMatching(/\S/));
  });

  it('is not there, or may not be looked at', () => {
    expect(judgeStream(absent, 'email-events')).toMatchObject({
      status: 'failure',
      message: 'the stream email-events, which the event destination names, is not there',
    });
    expect(judgeStream(refused, 'email-events').status).toBe('warning');
  });
});

describe('the place of the records', () => {
  it('is the destination', () => {
    expect(archivePlace(stream)).toEqual({
      bucketArn,
      bucket: 'archive',
      prefix: s3.Prefix,
      errorPrefix: s3.ErrorOutputPrefix,
      roleArn: deliveryRole.arn,
      keyArn: undefined,
      bufferingSeconds: 60,
      hasColumnsOnly: false,
    });
  });

  it('is the backup, where the destination has columns', () => {
    const place = archivePlace(
      streamWith({ ...conversion, S3BackupMode: 'Enabled', S3BackupDescription: backup }),
    );
    expect(place).toMatchObject({ prefix: 'records/', bufferingSeconds: 300, hasColumnsOnly: false });
  });

  it('is not the backup of a function, which has records as they were', () => {
    const place = archivePlace(streamWith({ S3BackupMode: 'Enabled', S3BackupDescription: backup }));
    expect(place).toMatchObject({ prefix: s3.Prefix });
  });

  it('knows the key that the stream names, and the gathering where none is said', () => {
    const EncryptionConfiguration = { KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:x' } };
    const place = archivePlace(
      streamWith({ EncryptionConfiguration, BufferingHints: undefined, Prefix: undefined }),
    );
    expect(place).toMatchObject({ keyArn: 'arn:aws:kms:x', bufferingSeconds: 300, prefix: '' });
  });
});
