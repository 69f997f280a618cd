import { type Alarm, type Alarms, above } from './alarm';

/** The queues of new objects to watch, and the threshold. */
interface WatchedQueues {
  readonly queueName: string | undefined;
  readonly deadLetterQueueName: string | undefined;
  readonly objectQueue: Alarm['condition'];
  readonly alarmQueueAge: number;
}

/**
 * Returns the alarms of the queue of new objects, by name.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
function queueAlarms(queues: WatchedQueues): Alarms {
  const { queueName, deadLetterQueueName, objectQueue } = queues;
  const alarm = (name: string | undefined) => ({
    ...above,
    condition: name === undefined ? false : objectQueue,
    namespace: 'AWS/SQS',
    dimensions: { QueueName: name ?? '' },
    statistic: 'Maximum',
  });
  return {
    failed_objects: {
      ...alarm(deadLetterQueueName),
      alarmDescription: 'Objects of email events could not be processed: the dead-letter queue is not empty.',
      metricName: 'ApproximateNumberOfMessagesVisible',
      threshold: 0,
    },
    waiting_objects: {
      ...alarm(queueName),
      alarmDescription: 'Objects of email events wait too long in the queue: no consumer processes them.',
      metricName: 'ApproximateAgeOfOldestMessage',
      threshold: queues.alarmQueueAge,
    },
  };
}

export { queueAlarms };
