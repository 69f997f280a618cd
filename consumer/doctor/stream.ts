import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { pageAddress } from '../pages/page-address';
import { type Answer, answer, call, found } from './answers/answer';
import type { Clients } from './answers/clients';
import type { FirehoseDestination } from './event-destination';
import { type Examination, type Finding, failure, ok, skip, unanswered, warning } from './findings/finding';
import { askKey, type KeyUser } from './key';
import { archivePlace } from './places/archive-place';
import { isInPlace, nameOf, type Place } from './places/place';
import { judgeStreamKey, streamKeyArn } from './stream-key';

/** Requests a Firehose stream. */
function askStream({ firehose }: Clients, name: string): Promise<Answer<DeliveryStreamDescription>> {
  return answer(async () => {
    const describe = async () => {
      const request = firehose.describeDeliveryStream({ DeliveryStreamName: name });
      const { DeliveryStreamDescription: description } = await request;
      if (description === undefined) throw new Error('Firehose returned no description of the stream');
      return description;
    };
    return call('firehose:DescribeDeliveryStream', describe());
  });
}

/** Formats Firehose's reason for a stream's state, where there is one. */
function reasonOf({ FailureDescription }: DeliveryStreamDescription): string {
  if (FailureDescription === undefined) return '';
  return ` (${FailureDescription.Type}: ${FailureDescription.Details})`;
}

/**
 * Checks whether the stream takes records from SES and delivers them to S3 unchanged.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamDescription.html
 */
function judgeStream(stream: Answer<DeliveryStreamDescription>, name: string): Finding {
  if (stream.state !== 'found') {
    return unanswered('stream', `read the stream ${name}`, stream, {
      message: `the stream ${name} of the event destination does not exist`,
      fix: `deploy it again, or update the event destination to an existing stream. See ${pageAddress('deploying')}`,
    });
  }
  const { DeliveryStreamStatus: status = 'unknown', DeliveryStreamType: type = 'DirectPut' } = stream.value;
  if (status === 'CREATING')
    return warning('stream', `${name} is still being created`, 'wait a minute, and run doctor again');
  if (status !== 'ACTIVE') {
    return failure(
      'stream',
      `${name} does not accept records: its status is ${status}${reasonOf(stream.value)}`,
      'fix the cause, and create the stream again',
    );
  }
  if (type !== 'DirectPut') {
    return failure(
      'stream',
      `${name} has another source (${type}): SES cannot put records into it`,
      'create a stream with the source Direct PUT, and update the event destination',
    );
  }
  const place = archivePlace(stream.value);
  if (place === undefined) {
    return failure(
      'stream',
      `${name} does not deliver to S3`,
      'create a stream with the destination S3, and update the event destination',
    );
  }
  if (place.hasColumnsOnly) {
    return warning(
      'stream',
      `${name} writes Parquet or ORC only: other fields are lost, and ses-events cannot read the objects`,
      'enable the source record backup of the stream',
    );
  }
  return ok('stream', `${name} is active and delivers to s3://${place.bucket}/${place.prefix}`);
}

/** The reason for not checking a stream that SES cannot use; the event destination's finding reports it. */
const misplacedStream = 'the stream is in another region or account';

/** Checks the stream, and its own encryption. */
async function* examineStream(
  clients: Clients,
  { streamArn }: FirehoseDestination,
  user: KeyUser,
  { place, now }: { place: Place; now: Date },
): Examination<DeliveryStreamDescription | undefined> {
  if (!isInPlace(streamArn, place)) return yield* skip('stream', 'stream-key', misplacedStream);
  const answer = await askStream(clients, nameOf(streamArn));
  yield judgeStream(answer, nameOf(streamArn));
  const stream = found(answer);
  if (stream === undefined) {
    const reason = answer.state === 'absent' ? 'the stream does not exist' : 'the stream could not be read';
    return yield* skip('stream-key', 'stream-key', reason);
  }
  const keyArn = streamKeyArn(stream);
  const key = keyArn === undefined ? undefined : await askKey(clients, keyArn);
  yield judgeStreamKey(stream, key, user, { place, now });
  return stream;
}

export { examineStream, judgeStream, misplacedStream };
