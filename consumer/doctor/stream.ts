import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { Answer } from './answers/answer';
import { type Finding, failure, ok, warning } from './findings/finding';
import { unanswered } from './findings/unanswered';
import { archivePlace } from './places/archive-place';

/** Why a stream is not what it should be, in Firehose's words, where it has some. */
function reasonOf({ FailureDescription }: DeliveryStreamDescription): string {
  if (FailureDescription === undefined) return '';
  return ` (${FailureDescription.Type}: ${FailureDescription.Details})`;
}

/**
 * Whether the stream takes records from SES and delivers them to S3 as they come.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamDescription.html
 */
function judgeStream(stream: Answer<DeliveryStreamDescription>, name: string): Finding {
  if (stream.state !== 'found') {
    return unanswered('stream', `the stream ${name}`, stream, {
      message: `the stream ${name}, which the event destination names, is not there`,
      fix: 'deploy it again (docs/deploying.md), or update the event destination to the stream that is there',
    });
  }
  const { DeliveryStreamStatus: status = 'unknown', DeliveryStreamType: type = 'DirectPut' } = stream.value;
  if (status === 'CREATING') return warning('stream', `${name} is still being created`, 'wait a minute');
  if (status !== 'ACTIVE') {
    return failure(
      'stream',
      `${name} takes no records: it is ${status}${reasonOf(stream.value)}`,
      'create the stream again once the reason is gone',
    );
  }
  if (type !== 'DirectPut') {
    return failure(
      'stream',
      `${name} takes its records from elsewhere (${type}), and SES can put none into it`,
      'make a stream whose source is Direct PUT, and update the event destination',
    );
  }
  const place = archivePlace(stream.value);
  if (place === undefined) {
    return failure(
      'stream',
      `${name} does not deliver to S3`,
      'make a stream with S3 as its destination, and update the event destination',
    );
  }
  if (place.hasColumnsOnly) {
    return warning(
      'stream',
      `${name} keeps columns only (Parquet or ORC): what does not fit its table is lost, and ses-events reads records`,
      'enable the source record backup of the stream',
    );
  }
  return ok('stream', `${name} is active and delivers to s3://${place.bucket}/${place.prefix}`);
}

export { judgeStream };
