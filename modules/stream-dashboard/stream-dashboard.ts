import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { conditional, Fn } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { inExpression, isKnown } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { objectQueueSettings } from '../object-queue/object-queue-settings';
import { combine, configure, pick } from '../settings/configure';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { streamAlarmsSettings } from '../stream-alarms/stream-alarms-settings';
import { dashboardWidgets, queueWidget } from './widgets';

const settings = combine(
  pick(namingSettings, 'name', 'accountId', 'region', 'partition'),
  pick(
    streamAlarmsSettings,
    'dashboard',
    'alarmFreshness',
    'alarmDeliverySuccess',
    'alarmQueueAge',
    'alarmBounceRate',
    'alarmCriticalBounceRate',
    'alarmComplaintRate',
    'alarmCriticalComplaintRate',
  ),
  pick(objectQueueSettings, 'objectQueue'),
);

/** Settings of the dashboard, and the parts that it shows. */
interface StreamDashboardProps extends Pick<StreamProps, keyof typeof settings.fields> {
  readonly streamName: string;
  readonly logGroupName: string;
  /** Shown with `objectQueue`. */
  readonly queueName: string;
  readonly deadLetterQueueName: string;
}

/**
 * A CloudWatch dashboard: the mail of the account, the path of its events through the stream to S3, errors, and the
 * bounce and complaint rates with the thresholds of the alarms.
 *
 * @example new StreamDashboard(this, 'dashboard', { streamName, logGroupName, queueName, deadLetterQueueName })
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
class StreamDashboard extends Construct {
  /** The dashboard's resource, where it is created. */
  readonly dashboard: OptionalResource<CloudwatchDashboard>;

  constructor(scope: Construct, id: string, props: StreamDashboardProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { dashboard: true, ...props });
    const { region } = AwsEnvironment.of(this, config);
    const subject = {
      ...{ ...config, region, streamName: props.streamName },
      logGroupName: inExpression(props.logGroupName),
      queueName: inExpression(props.queueName),
      deadLetterQueueName: inExpression(props.deadLetterQueueName),
    };
    const widgets = dashboardWidgets(subject);
    const ofQueue = [queueWidget(subject, widgets.length)];
    const { objectQueue } = config;
    const shown = isKnown(objectQueue)
      ? [...widgets, ...(objectQueue ? ofQueue : [])]
      : Fn.concat([widgets, conditional(objectQueue, ofQueue, []) as unknown as object[]]); // Fn's type has no expressions
    this.dashboard = optionalResources(
      this,
      config.dashboard,
    )(
      (count) =>
        new CloudwatchDashboard(this, 'dashboard', {
          ...count,
          dashboardName: config.name,
          dashboardBody: Fn.jsonencode({ widgets: shown }),
        }),
    );
  }
}

export { StreamDashboard, type StreamDashboardProps };
