import type { Answer } from '../answers/answer';
import { type Finding, ok } from '../findings/finding';
import { unanswered } from '../findings/unanswered';

/** Whether the bucket is there and can be listed. */
function judgeBucket(answer: Answer<{ region?: string | undefined }>, bucket: string): Finding {
  if (answer.state === 'found') {
    const { region } = answer.value;
    return ok('bucket', `${bucket} can be listed${region === undefined ? '' : `, in ${region}`}`);
  }
  return unanswered('bucket', `the bucket ${bucket}`, answer, {
    message: `the bucket ${bucket}, which the stream delivers to, is not there`,
    fix: 'deploy it again (docs/deploying.md): Firehose keeps records for 24 hours',
  });
}

export { judgeBucket };
