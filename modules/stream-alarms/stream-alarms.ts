import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { and, eachOf } from '../cdktf/condition';
import { nameAfter } from '../cdktf/logical-id';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { requireUsableTopics } from '../cdktf/usable-topic';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { objectQueueSettings } from '../object-queue/object-queue-settings';
import { combine, configure, pick } from '../settings/configure';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import type { Alarm, Alarms } from './alarm';
import { deliveryAlarms } from './delivery-alarms';
import { queueAlarms } from './queue-alarms';
import { reputationAlarms, setDimension } from './reputation-alarms';
import { streamAlarmsSettings } from './stream-alarms-settings';

const settings = combine(
  pick(namingSettings, 'name', 'tags'),
  streamAlarmsSettings,
  pick(deliveryStreamSettings, 'createStream', 'parquetConversion', 'processRecords'),
  pick(objectQueueSettings, 'objectQueue'),
);

/** Settings of the alarms, and the parts to watch. */
interface StreamAlarmsProps extends Pick<StreamProps, keyof typeof settings.fields> {
  /** The stream to watch. */
  readonly streamName: string;
  /**
   * The log group of the errors of a created stream.
   * @default - its errors are not watched
   */
  readonly logGroupName?: string;
  /**
   * Names of the configuration sets whose bounce and complaint rates are watched. They must publish reputation metrics.
   * @default - only the rates of the account are watched
   */
  readonly reputationSetNames?: readonly string[];
  /**
   * The queue of new objects, with `objectQueue`.
   * @default - it is not watched
   */
  readonly queueName?: string;
  /**
   * Its dead-letter queue.
   * @default - it is not watched
   */
  readonly deadLetterQueueName?: string;
}

/** The properties that all alarms share. */
type Shared = Pick<CloudwatchMetricAlarmConfig, 'alarmName' | 'alarmActions' | 'okActions' | 'tags'>;

/**
 * CloudWatch alarms for late events, failed writes, throttled records, missing events, waiting objects, and the bounce
 * and complaint rates of the account and of each configuration set.
 *
 * @example new StreamAlarms(this, 'alarms', { streamName, alarmActions: [topicArn] })
 */
class StreamAlarms extends Construct {
  /** The alarms' resources, by name. */
  readonly alarms: Readonly<Record<string, OptionalResource<CloudwatchMetricAlarm>>>;
  /** The resources of the configuration sets' alarms, by name, each with an alarm for each set. */
  readonly setAlarms: Readonly<Record<string, CloudwatchMetricAlarm>>;

  constructor(scope: Construct, id: string, props: StreamAlarmsProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { alarms: true, ...props });
    const { streamName, logGroupName, queueName, deadLetterQueueName, reputationSetNames = [] } = props;
    requireUsableTopics(this, 'alarmActions', config.alarmActions);
    const shared = (name: string): Shared => ({
      alarmName: `${config.name}-${name.replaceAll('_', '-')}`,
      alarmActions: [...config.alarmActions],
      okActions: [...config.alarmActions],
      tags: config.tags,
    });
    const ofAccount = reputationAlarms('the account', config);
    const all: Alarms = {
      ...deliveryAlarms({ ...config, streamName, logGroupName }),
      ...queueAlarms({ ...config, queueName, deadLetterQueueName }),
      ...mapped(ofAccount, (alarm) => ({ ...alarm, condition: config.accountReputationAlarms })),
    };
    this.alarms = mapped(all, ({ condition, ...alarm }, name) =>
      optionalResources(this, and(config.alarms, condition))(
        (count) => new CloudwatchMetricAlarm(this, name, { ...count, ...alarm, ...shared(name) }),
        name,
      ),
    );
    const sets = eachOf(reputationSetNames, config.alarms);
    this.setAlarms =
      sets === undefined
        ? {}
        : mapped(
            reputationAlarms(`the configuration set ${sets.value}`, config),
            ({ condition: _, ...alarm }, name) => {
              const common = shared(name);
              const resource = new CloudwatchMetricAlarm(this, `set-${name}`, {
                ...alarm,
                ...common,
                forEach: sets,
                // A slash, because a set can be named `critical`.
                alarmName: `${common.alarmName}/${sets.value}`,
                dimensions: { [setDimension]: sets.value },
              });
              return nameAfter(this, resource, `set_${name}`);
            },
          );
  }
}

/** Converts each alarm. */
function mapped<Result>(
  alarms: Alarms,
  convert: (alarm: Alarm, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [name, convert(alarm, name)]));
}

export { StreamAlarms, type StreamAlarmsProps };
