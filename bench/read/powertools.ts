import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { KinesisFirehoseEnvelope } from '@aws-lambda-powertools/parser/envelopes/kinesis-firehose';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { KnownEventSchema } from 'ses-event-archive/events';
import { count, files, runContender } from './contender';

// Powertools' parser has no S3 object route; its Firehose route takes batches of base64 records, which is
// what a transformation function is given. Making the base64 is a part of its time.

const batchRecords = 500;
const schema = JSONStringified(KnownEventSchema);

async function powertools(archive: string) {
  const kinds: Record<string, number> = {};
  for (const file of files(archive).filter((name) => name.endsWith('.gz'))) {
    const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
    for (let at = 0; at < lines.length; at += batchRecords) {
      const records = lines.slice(at, at + batchRecords).map((line, index) => ({
        recordId: String(index),
        approximateArrivalTimestamp: 1,
        data: Buffer.from(line).toString('base64'),
      }));
      const event = { invocationId: 'i', deliveryStreamArn: 'd', region: 'us-east-1', records };
      const parsed = KinesisFirehoseEnvelope.safeParse(event, schema);
      // One bad record fails its whole batch.
      if (parsed.success) for (const { eventType } of parsed.data) count(kinds, eventType);
      else kinds['not parsed'] = (kinds['not parsed'] ?? 0) + records.length;
    }
  }
  return { kinds };
}

void runContender(powertools);
