import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { KinesisFirehoseEnvelope } from '@aws-lambda-powertools/parser/envelopes/kinesis-firehose';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { KnownEventSchema } from 'ses-event-archive/events';
import { count, files, runCandidate } from './candidate';

// The parser of Powertools has no route for S3 objects. Its Firehose route accepts batches of base64 records,
// the input of a transformation function. The time includes the base64 encoding.

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
      // One invalid record fails its batch.
      if (parsed.success) for (const { eventType } of parsed.data) count(kinds, eventType);
      else kinds['not parsed'] = (kinds['not parsed'] ?? 0) + records.length;
    }
  }
  return { kinds };
}

void runCandidate(powertools);
