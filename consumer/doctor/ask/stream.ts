import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';

/** A Firehose stream. */
function askStream({ firehose }: Clients, name: string): Promise<Answer<DeliveryStreamDescription>> {
  return answer(async () => {
    const describe = async () => {
      const request = firehose.describeDeliveryStream({ DeliveryStreamName: name });
      const { DeliveryStreamDescription: description } = await request;
      if (description === undefined) throw new Error('Firehose does not describe the stream');
      return description;
    };
    return call('firehose:DescribeDeliveryStream', describe());
  });
}

export { askStream };
