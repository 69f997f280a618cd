import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { judgeStream } from '../../consumer/doctor/stream';
import { absent, found, refused, stream, streamWith } from './healthy';

const judge = (description: DeliveryStreamDescription) => judgeStream(found(description), 'email-events');
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
