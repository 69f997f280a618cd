import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { judgeStream } from '../../consumer/doctor/stream';
import { absent, found, refused, stream, streamWith } from './healthy';

const judge = (description: DeliveryStreamDescription) => judgeStream(found(description), 'email-events');
const conversion = { DataFormatConversionConfiguration: { Enabled: true } };

describe('the stream', () => {
  it('is active', () => {
    expect(judge(stream)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('email-events is active and delivers to s3://archive/events/dt='),
    });
  });

  it.each<[name: string, description: DeliveryStreamDescription, status: string, message: string]>([
    ['being created', { ...stream, DeliveryStreamStatus: 'CREATING' }, 'warning', 'still being created'],
    ['being deleted', { ...stream, DeliveryStreamStatus: 'DELETING' }, 'failure', 'its status is DELETING'],
    [
      'not created',
      {
        ...stream,
        DeliveryStreamStatus: 'CREATING_FAILED',
        FailureDescription: { Type: 'DISABLED_KMS_KEY', Details: 'no key' },
      },
      'failure',
      'its status is CREATING_FAILED (DISABLED_KMS_KEY: no key)',
    ],
    [
      'reading from a Kinesis stream',
      { ...stream, DeliveryStreamType: 'KinesisStreamAsSource' },
      'failure',
      'has another source (KinesisStreamAsSource)',
    ],
    [
      'delivering to another destination than S3',
      { ...stream, Destinations: [{ DestinationId: '1', SplunkDestinationDescription: {} }] },
      'failure',
      'does not deliver to S3',
    ],
    ['writing columns only', streamWith(conversion), 'warning', 'writes Parquet or ORC only'],
  ])('has a problem when it is %s', (_, description, status, message) => {
    const finding = judge(description);
    expect(finding).toMatchObject({ check: 'stream', status });
    expect(finding.message).toContain(message);
    expect(finding.fix).toEqual(expect.stringMatching(/\S/));
  });

  it('does not exist, or cannot be read', () => {
    expect(judgeStream(absent, 'email-events')).toMatchObject({
      status: 'failure',
      message: 'the stream email-events of the event destination does not exist',
    });
    expect(judgeStream(refused, 'email-events').status).toBe('warning');
  });
});
