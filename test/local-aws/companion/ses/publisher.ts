import { GetTopicAttributesCommand, PublishCommand } from '@aws-sdk/client-sns';
import type { EventKind, KnownEvent } from '../../../../consumer/events';
import type { sesEventTypes } from '../../../../modules/configuration-set/event-types';
import { isAllowed } from '../../../../modules/policies/policy-evaluator';
import type { AwsClients } from './aws-clients';
import type { EventDestination } from './event-destinations';
import { whyNotPut } from './ses-permission';
import { accountId, type ConfigurationSet } from './ses-region';

/** Puts the records of a stream, like PutRecordBatch: the Firehose of the companion. */
interface StreamSink {
  put(
    streamName: string,
    records: readonly Buffer[],
    region: string,
  ): Promise<{ FailedPutCount: number | undefined }>;
}

/** An attempt to publish an event to a destination. */
interface Publication {
  eventType: EventKind;
  messageId: string;
  configurationSet: string;
  destination: string;
  /** The reason of a failure: the denied action, or the message of the service. Undefined for a success. */
  refused: string | undefined;
}

/** The names of the kinds in the API. */
const apiKinds: Readonly<Record<EventKind, (typeof sesEventTypes)[number]>> = {
  Send: 'SEND',
  Delivery: 'DELIVERY',
  Reject: 'REJECT',
  'Rendering Failure': 'RENDERING_FAILURE',
  Bounce: 'BOUNCE',
  Complaint: 'COMPLAINT',
  Open: 'OPEN',
  Click: 'CLICK',
  DeliveryDelay: 'DELIVERY_DELAY',
  Subscription: 'SUBSCRIPTION',
};

/** Publishes events to the destinations of their configuration set, with the permissions of SES. */
class Publisher {
  /** All attempts so far, in order. */
  readonly publications: Publication[] = [];

  constructor(private readonly sink: StreamSink) {}

  /** Publishes an event to all destinations for its kind. */
  async publish(clients: AwsClients, set: ConfigurationSet, event: KnownEvent): Promise<void> {
    const { eventType, mail } = event;
    // SES ends a record with a newline, also for topics.
    const record = `${JSON.stringify(event)}\n`;
    for (const destination of set.destinations.values()) {
      if (!destination.Enabled || !destination.MatchingEventTypes.includes(apiKinds[eventType])) continue;
      const refused = await this.attempt(clients, set, destination, record).catch(String);
      const names = { configurationSet: set.name, destination: destination.Name };
      this.publications.push({ eventType, messageId: mail.messageId, ...names, refused });
    }
  }

  private attempt(
    clients: AwsClients,
    set: ConfigurationSet,
    destination: EventDestination,
    record: string,
  ): Promise<string | undefined> {
    const { KinesisFirehoseDestination: stream, SnsDestination: topic } = destination;
    if (stream !== undefined) return this.toStream(clients, set, stream, record);
    if (topic !== undefined) return this.toTopic(clients, set, topic.TopicArn, record);
    return Promise.resolve('only Firehose and SNS destinations are supported');
  }

  /** @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html */
  private async toStream(
    clients: AwsClients,
    { arn: configurationSetArn }: ConfigurationSet,
    stream: NonNullable<EventDestination['KinesisFirehoseDestination']>,
    record: string,
  ): Promise<string | undefined> {
    const { IamRoleArn: roleArn, DeliveryStreamArn: streamArn } = stream;
    const refused = await whyNotPut(clients, { roleArn, streamArn, configurationSetArn });
    if (refused !== undefined) return refused;
    const [, , , region = ''] = streamArn.split(':');
    const name = streamArn.split('/').at(-1) ?? '';
    const { FailedPutCount = 0 } = await this.sink.put(name, [Buffer.from(record)], region);
    return FailedPutCount === 0 ? undefined : 'Firehose did not accept the record';
  }

  /** @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html */
  private async toTopic(
    { sns }: AwsClients,
    { arn: configurationSetArn }: ConfigurationSet,
    TopicArn: string,
    record: string,
  ): Promise<string | undefined> {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const request = {
      principal: { Service: 'ses.amazonaws.com' },
      action: 'sns:Publish',
      resource: TopicArn,
      context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': configurationSetArn },
    };
    if (!isAllowed([JSON.parse(Attributes?.Policy ?? '')], request)) return `sns:Publish on ${TopicArn}`;
    const Subject = 'Amazon SES Email Event Notification';
    await sns.send(new PublishCommand({ TopicArn, Subject, Message: record }));
    return undefined;
  }
}

export { type Publication, Publisher, type StreamSink };
