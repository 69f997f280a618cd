import { DeleteDeliveryStreamCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { deliveryProcessorPermissionsPolicy } from '../../../../modules/delivery-stream/delivery-policies';
import { describeWithMoto } from '../../../queue/describe-with-moto';
import type { FirehoseFaults } from './faults';
import { type StreamSettings, streamName, useFirehoseFixture } from './firehose-fixture';
import type { TransformationFunction } from './transformation';

const arrival = new Date('2026-03-04T05:06:07Z');
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:transform';

describeWithMoto('calls that put records', (executables) => {
  const start = useFirehoseFixture(executables);

  it('return an id for each record of a batch', async () => {
    const fixture = await start();
    const { FailedPutCount, Encrypted, RequestResponses = [] } = await fixture.put('a', 'b', 'a');
    expect([FailedPutCount, Encrypted]).toEqual([0, false]);
    expect(RequestResponses).toEqual(Array(3).fill({ RecordId: expect.any(String) }));
    expect(new Set(RequestResponses.map(({ RecordId }) => RecordId)).size).toBe(3);
  });

  it('return the id of a single record', async () => {
    const fixture = await start();
    const input = { DeliveryStreamName: streamName, Record: { Data: Buffer.from('a\n') } };
    const { RecordId, Encrypted } = await fixture.firehose.send(new PutRecordCommand(input));
    expect([RecordId, Encrypted]).toEqual([expect.any(String), false]);
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['a\n']);
  });

  it('return that a stream is encrypted', async () => {
    const fixture = await start();
    const DeliveryStreamEncryptionConfigurationInput = { KeyType: 'AWS_OWNED_CMK' as const };
    const more = { DeliveryStreamName: 'sealed', DeliveryStreamEncryptionConfigurationInput };
    await fixture.createStream({}, more);
    expect((await fixture.plane.put('sealed', [Buffer.from('a')])).Encrypted).toBe(true);
  });

  it.each<[what: string, settings: StreamSettings, message: string]>([
    [
      'uses dynamic partitioning',
      { DynamicPartitioningConfiguration: { Enabled: true } },
      'the stream mail uses dynamic partitioning, which is not supported',
    ],
    [
      'has a processor that is not supported',
      { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'RecordDeAggregation' }] } },
      'the processor RecordDeAggregation is not supported (supported: Lambda, AppendDelimiterToRecord)',
    ],
  ])('throw an error when the stream %s', async (_, settings, message) => {
    const fixture = await start(settings);
    await expect(fixture.plane.put(streamName, [Buffer.from('a')])).rejects.toThrow(message);
    await expect(fixture.put('a')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });

  it('fail without storing a record when they exceed a limit', async () => {
    const fixture = await start();
    await expect(fixture.put(...Array<string>(501).fill('a'))).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(fixture.put(...Array<string>(5).fill('a'.repeat(1_000_000)))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Records size exceeds 4 MB limit',
    });
    expect(fixture.plane.waitingRecords).toBe(0);
  });

  it('fail when the stream does not exist or was deleted', async () => {
    const fixture = await start();
    await fixture.put('a');
    await fixture.firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName: streamName }));
    await expect(fixture.put('b')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Firehose mail under account 123456789012 not found.',
    });
    await fixture.createStream();
    expect((await fixture.put('b')).FailedPutCount).toBe(0);
  });

  it('can fail completely, like throttled calls of AWS', async () => {
    const fixture = await start({}, { faults: { refusesCall: (call) => call === 1 } });
    await fixture.put('a');
    await expect(fixture.put('b')).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      $metadata: { httpStatusCode: 500 },
    });
    await fixture.put('c');
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['ac']);
  });

  it('can fail for some records, which are not delivered', async () => {
    const refusesRecord: FirehoseFaults['refusesRecord'] = (bytes) => bytes.toString() === 'b';
    const fixture = await start({}, { faults: { refusesRecord } });
    const { FailedPutCount, RequestResponses } = await fixture.put('a', 'b', 'c');
    expect(FailedPutCount).toBe(1);
    expect(RequestResponses).toEqual([
      { RecordId: expect.any(String) },
      { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' },
      { RecordId: expect.any(String) },
    ]);
    const input = { DeliveryStreamName: streamName, Record: { Data: Buffer.from('b') } };
    await expect(fixture.firehose.send(new PutRecordCommand(input))).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
    });
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['ac']);
  });
});

describeWithMoto('processing', (executables) => {
  const start = useFirehoseFixture(executables);
  const errors = { Prefix: 'data/', ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/' };

  it.each([
    [undefined, 'a\nb\n'],
    ['\\n', 'a\nb\n'],
    ['|', 'a|b|'],
  ])('appends the delimiter %j to each record', async (ParameterValue, expected) => {
    const parameter = { ParameterName: 'Delimiter' as const, ParameterValue };
    const Parameters = ParameterValue === undefined ? [] : [parameter];
    const Processors = [{ Type: 'AppendDelimiterToRecord' as const, Parameters }];
    const fixture = await start({ ProcessingConfiguration: { Enabled: true, Processors } });
    await fixture.put('a', 'b');
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual([expected]);
  });

  it('changes nothing while it is disabled', async () => {
    const Processors = [{ Type: 'AppendDelimiterToRecord' as const }];
    const fixture = await start({ ProcessingConfiguration: { Enabled: false, Processors } });
    await fixture.put('a', 'b');
    await fixture.plane.flush();
    expect(await fixture.texts()).toEqual(['ab']);
  });

  const lambda = {
    ...errors,
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        {
          Type: 'Lambda' as const,
          Parameters: [{ ParameterName: 'LambdaArn' as const, ParameterValue: functionArn }],
        },
      ],
    },
  };
  const invoking = deliveryProcessorPermissionsPolicy({ functionArn });

  it('uses a function that transforms, drops and fails records', async () => {
    const seen: unknown[] = [];
    const call: TransformationFunction = (event) => {
      seen.push(event);
      const [upper, drop, fail] = event.records;
      const data = Buffer.from(
        Buffer.from(upper?.data ?? '', 'base64')
          .toString()
          .toUpperCase(),
      );
      return {
        records: [
          { recordId: upper?.recordId ?? '', result: 'Ok', data: data.toString('base64') },
          { recordId: drop?.recordId ?? '', result: 'Dropped' },
          { recordId: fail?.recordId ?? '', result: 'ProcessingFailed' },
        ],
      };
    };
    const fixture = await start(lambda, { functions: { [functionArn]: call }, now: () => arrival });
    await fixture.permit('process', invoking);
    await fixture.put('a\n', 'b\n', 'c\n', 'd\n');
    await fixture.plane.flush();
    const [data, failed] = await fixture.objects();
    expect(data?.content.toString()).toBe('A\n');
    expect(failed?.key).toMatch(/^errors\/processing-failed\/mail-1-2026-03-04-05-06-07-[-0-9a-f]{36}$/);
    const document = {
      attemptsMade: 4,
      arrivalTimestamp: arrival.getTime(),
      errorCode: 'Lambda.ProcessingFailedStatus',
      errorMessage: 'ProcessingFailed status set for record',
      attemptEndingTimestamp: arrival.getTime(),
      rawData: 'Ywo=',
      lambdaArn: functionArn,
    };
    expect(
      failed?.content
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      document,
      { ...document, rawData: 'ZAo=', errorCode: 'Lambda.MissingRecordId', errorMessage: expect.any(String) },
    ]);
    expect(seen).toEqual([
      {
        invocationId: expect.any(String),
        deliveryStreamArn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/mail',
        region: 'us-east-1',
        records: ['YQo=', 'Ygo=', 'Ywo=', 'ZAo='].map((base64, index) => ({
          ...{ recordId: String(index), approximateArrivalTimestamp: arrival.getTime(), data: base64 },
        })),
      },
    ]);
  });

  it('calls a function that throws four times, then fails the records', async () => {
    let calls = 0;
    const call: TransformationFunction = () => {
      calls++;
      throw new Error('an error of the test');
    };
    const fixture = await start(lambda, { functions: { [functionArn]: call } });
    await fixture.permit('process', invoking);
    await fixture.put('a');
    await fixture.plane.flush();
    expect(calls).toBe(4);
    expect((await fixture.texts()).map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({ errorCode: 'Lambda.FunctionError', rawData: 'YQ==' }),
    ]);
  });

  it('does not call a function without the permission of the role', async () => {
    const call = jest.fn<ReturnType<TransformationFunction>, Parameters<TransformationFunction>>();
    const fixture = await start(lambda, { functions: { [functionArn]: call } });
    await fixture.put('a');
    await fixture.plane.flush();
    expect(call).not.toHaveBeenCalled();
    expect((await fixture.texts()).map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({ errorCode: 'Lambda.InvokeAccessDenied', rawData: 'YQ==' }),
    ]);
  });

  it('can fail some records without a function', async () => {
    const failsProcessing: FirehoseFaults['failsProcessing'] = (bytes) => bytes.toString() === 'b\n';
    const fixture = await start(errors, { faults: { failsProcessing } });
    await fixture.put('a\n', 'b\n');
    await fixture.plane.flush();
    const [data, failed] = await fixture.texts();
    expect(data).toBe('a\n');
    expect(JSON.parse(failed ?? '')).toMatchObject({ errorCode: 'Lambda.FunctionError', rawData: 'Ygo=' });
  });
});
