import { randomUUID } from 'node:crypto';
import { FirehoseClient, type PutRecordBatchOutput } from '@aws-sdk/client-firehose';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import type { AwsRequest, Handler } from '../handler';
import type { FirehoseFaults } from './faults';
import { ObjectWriter } from './object-writer';
import { answer, checkRecords, FirehoseError, isPutOperation, parsePutRecords, refusal } from './put-records';
import { RecordProcessor } from './record-processor';
import { RolePermissions } from './role-permissions';
import { streamConfiguration } from './stream-configuration';
import { type DeliveryFailure, StreamDelivery } from './stream-delivery';
import type { TransformationFunctions } from './transformation';

/** Options of the data plane. */
interface FirehoseOptions {
  /** Injected faults. */
  faults?: FirehoseFaults;
  /**
   * Lambda functions of streams, by ARN.
   * @default - none
   */
  functions?: TransformationFunctions;
  /**
   * Number of milliseconds for each second of a buffering interval.
   * @default 1000
   */
  millisecondsPerSecond?: number;
  /** The clock for arrivals and keys. */
  now?: () => Date;
}

/** Time between attempts to write an object, in seconds. */
const retrySeconds = 5;

/** The error of AWS for throttled calls. */
const slowDown = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };

/** Operations that do not change a stream. */
const reading = /^(Describe|List|Tag|Untag)/;

/**
 * The part of Firehose that receives and delivers records. Another server has streams, roles and buckets. Streams have
 * the configuration from that server, and write with the permissions of its roles. Conversion to Parquet is not
 * supported: only the backup is delivered.
 *
 * @example
 * const firehose = new FirehoseDataPlane(moto.url);
 * const companion = await Companion.start(moto.url, [firehose.handle]);
 * await firehose.put('mail', [Buffer.from('{}\n')]);
 * await firehose.flush();
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
class FirehoseDataPlane {
  /** Can be changed while records arrive. */
  readonly faults: FirehoseFaults;
  /** Failed attempts to write objects, in order. Their records are retried. */
  readonly failures: DeliveryFailure[] = [];
  private readonly s3: S3Client;
  private readonly iam: IAMClient;
  private readonly clients = new Map<string, FirehoseClient>();
  /** The current configurations of streams, by region and name. */
  private readonly streams = new Map<string, Promise<StreamDelivery>>();
  /** Previous and current configurations. After a change, the previous one delivers the records that it received. */
  private readonly deliveries = new Set<StreamDelivery>();
  private readonly permissions: RolePermissions;
  private calls = 0;
  private records = 0;

  /** @param upstream address of the server for all other operations */
  constructor(
    private readonly upstream: string,
    private readonly options: FirehoseOptions = {},
  ) {
    this.faults = options.faults ?? {};
    this.s3 = new S3Client({ ...this.access('us-east-1'), forcePathStyle: true });
    this.iam = new IAMClient(this.access('us-east-1'));
    this.permissions = new RolePermissions(this.iam);
  }

  /** Handles PutRecord and PutRecordBatch. */
  readonly handle: Handler = async ({ service, region, operation, body }: AwsRequest) => {
    if (service !== 'firehose') return undefined;
    if (!isPutOperation(operation)) {
      if (operation !== undefined && !reading.test(operation)) this.forget(region);
      return undefined;
    }
    try {
      const { streamName, records } = parsePutRecords(operation, body);
      const output = await this.put(streamName, records, region);
      if (operation === 'PutRecordBatch') return answer(output);
      const { RecordId, ErrorMessage = '' } = output.RequestResponses?.[0] ?? {};
      if (RecordId === undefined) throw new FirehoseError('ServiceUnavailableException', ErrorMessage);
      return answer({ RecordId, Encrypted: output.Encrypted });
    } catch (error) {
      if (error instanceof FirehoseError) return refusal(error);
      throw error;
    }
  };

  /** Number of received records that are not in an object yet. */
  get waitingRecords(): number {
    return [...this.deliveries].reduce((sum, { waitingRecords }) => sum + waitingRecords, 0);
  }

  /**
   * Puts records without HTTP, with the same rules.
   * @returns the response of PutRecordBatch. The caller retries failed records
   * @throws {FirehoseError} when the whole call fails
   */
  async put(
    streamName: string,
    records: readonly Buffer[],
    region = 'us-east-1',
  ): Promise<PutRecordBatchOutput> {
    const { faults } = this;
    checkRecords({ streamName, records });
    const delivery = await this.delivery(streamName, region);
    const call = this.calls++;
    if (faults.refusesCall?.(call) === true) {
      throw new FirehoseError('ServiceUnavailableException', slowDown.ErrorMessage);
    }
    const arrival = this.now();
    const numbered = records.map((bytes) => ({ bytes, number: this.records++ }));
    const refused = new Set(
      numbered.filter(({ bytes, number }) => faults.refusesRecord?.(bytes, number) === true),
    );
    await delivery.take(
      numbered
        .filter((record) => !refused.has(record))
        .map(({ bytes, number }) => ({
          ...{ bytes, arrival },
          isRepeated: faults.repeats?.(bytes, number) === true,
          isUnprocessable: faults.failsProcessing?.(bytes, number) === true,
        })),
    );
    return {
      FailedPutCount: refused.size,
      Encrypted: delivery.stream.isEncrypted,
      RequestResponses: numbered.map((record) =>
        refused.has(record) ? slowDown : { RecordId: randomUUID() },
      ),
    };
  }

  /**
   * Writes all received records immediately. Records without a permission of the role remain in the buffer.
   * @throws {Error} when writing an object fails for a reason that AWS does not have
   */
  async flush(): Promise<void> {
    await Promise.all([...this.deliveries].map((delivery) => delivery.flush()));
  }

  /** Stops. Records that are not delivered are lost. */
  async close(): Promise<void> {
    await Promise.all([...this.deliveries].map((delivery) => delivery.close()));
    for (const client of [this.s3, this.iam, ...this.clients.values()]) client.destroy();
  }

  /** Discards the configurations of the streams of a region, before a call that can change them. */
  private forget(region: string): void {
    for (const key of this.streams.keys()) {
      if (key.startsWith(`${region}/`)) this.streams.delete(key);
    }
  }

  private delivery(streamName: string, region: string): Promise<StreamDelivery> {
    const key = `${region}/${streamName}`;
    const known = this.streams.get(key);
    if (known !== undefined) return known;
    const found = this.describe(streamName, region);
    this.streams.set(key, found);
    found.catch(() => this.streams.delete(key));
    return found;
  }

  private async describe(streamName: string, region: string): Promise<StreamDelivery> {
    const { millisecondsPerSecond = 1000, functions = {} } = this.options;
    const client = this.clients.get(region) ?? new FirehoseClient(this.access(region));
    this.clients.set(region, client);
    const stream = await streamConfiguration(client, streamName, { region, millisecondsPerSecond });
    const delivery = new StreamDelivery(stream, {
      writer: new ObjectWriter(this.s3, this.permissions),
      processor: new RecordProcessor(this.permissions, functions),
      retryMilliseconds: retrySeconds * millisecondsPerSecond,
      now: () => this.now(),
      onFailure: (failure) => this.failures.push(failure),
    });
    this.deliveries.add(delivery);
    return delivery;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private access(region: string) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return { endpoint: this.upstream, region, credentials };
  }
}

export { FirehoseDataPlane, type FirehoseOptions };
