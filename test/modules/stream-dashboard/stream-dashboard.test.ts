import type { StreamProps } from '../../../modules/settings/stream-props.generated';
import { addresses, resourceAt, synthesizeStream } from '../synthesize';

const address = 'aws_cloudwatch_dashboard.dashboard';
const body = (props: StreamProps = {}) =>
  String(resourceAt(synthesizeStream({ name: 'shop', dashboard: true, ...props }), address).dashboard_body);

describe('the dashboard', () => {
  it('is off by default', () => {
    expect(addresses(synthesizeStream())).not.toContain(address);
  });

  it.each([
    ['the mail of the account', '["AWS/SES", "Send"]'],
    ['events into the stream', '"IncomingRecords", "DeliveryStreamName", "shop"'],
    ['events to S3', '"DeliveryToS3.Records", "DeliveryStreamName", "shop"'],
    ['the age of events', '"DeliveryToS3.DataFreshness"'],
    ['errors', '"IncomingLogEvents", "LogGroupName", "/aws/kinesisfirehose/shop"'],
    ['the bounce rate', '"Reputation.BounceRate"'],
    ['the rates of configuration sets', '\\"ses:configuration-set\\"'],
  ])('shows %s', (_, metric) => {
    expect(body().replaceAll(/\s+/g, ' ')).toContain(metric);
  });

  it('shows the thresholds of the alarms', () => {
    const thresholds = {
      ...{ alarmFreshness: 1234, alarmDeliverySuccess: 0.87, alarmQueueAge: 4321 },
      ...{ alarmBounceRate: 0.031, alarmCriticalBounceRate: 0.083 },
      ...{ alarmComplaintRate: 0.0017, alarmCriticalComplaintRate: 0.0042 },
    };
    const shown = body({ ...thresholds, objectQueue: true });
    for (const threshold of Object.values(thresholds)) expect(shown).toContain(`"value" = ${threshold}`);
  });

  it('shows the queue of new objects only if there is one', () => {
    expect(body()).not.toContain('AWS/SQS');
    expect(body({ objectQueue: true })).toContain('shop-objects-failed');
  });
});
