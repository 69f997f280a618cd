import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { type Answer, answer, call } from './answer';
import type { Clients } from './clients';

/** A Firehose stream. */
function askStream({ firehose }: Clients, name: string): Promise<Answer<DeliveryStreamDescription>> {
  const action = 'firehose:DescribeDeliveryStream';
  return answer(async () => {
    const request = firehose.describeDeliveryStream({ DeliveryStreamName: name });
    const { DeliveryStreamDescription: description } = await call(action, request);
    return description ?? call(action, Promise.reject(new Error('Firehose does not describe the stream')));
  });
}

export { askStream };
