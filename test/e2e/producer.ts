import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';

/** Limits of a call. AWS counts bytes before base64. */
const maxBatchRecords = 500;
const maxBatchBytes = 4 * 1024 * 1024;

/** Counts of putting records. */
interface ProducerCounts {
  records: number;
  /** Completed calls. */
  calls: number;
  /** Retried records, which failed in a call. */
  again: number;
}

function* batches(records: Iterable<Buffer>): Generator<Buffer[]> {
  let batch: Buffer[] = [];
  let bytes = 0;
  for (const record of records) {
    if (batch.length === maxBatchRecords || bytes + record.length > maxBatchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += record.length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Puts records as AWS recommends: in batches, with retries of the failed records of a batch. The client retries calls
 * that fail completely.
 * @param parallel number of concurrent calls
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
async function putAll(
  client: FirehoseClient,
  DeliveryStreamName: string,
  records: Iterable<Buffer>,
  parallel = 2,
): Promise<ProducerCounts> {
  const counts: ProducerCounts = { records: 0, calls: 0, again: 0 };
  const remaining = batches(records);
  const work = async () => {
    for (const batch of remaining) {
      counts.records += batch.length;
      for (let open = batch; open.length > 0; ) {
        const Records = open.map((Data) => ({ Data }));
        const { RequestResponses = [] } = await client.send(
          new PutRecordBatchCommand({ DeliveryStreamName, Records }),
        );
        counts.calls++;
        open = open.filter((_, index) => RequestResponses[index]?.RecordId === undefined);
        counts.again += open.length;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return counts;
}

export { putAll };
