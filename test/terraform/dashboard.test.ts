import type { Widget } from '../../modules/stream-dashboard/widgets';
import { applyMocked } from './applied';
import { describeWithTerraform } from './describe-with-terraform';
import { callingModule } from './module-files';

describeWithTerraform('the dashboard of the module', () => {
  it('is JSON with the widgets, the names and the thresholds of the deployment', () => {
    const settings = { name: 'shop', dashboard: true, objectQueue: true, alarmBounceRate: 0.03 };
    const resources = applyMocked(callingModule({ email_events: settings }));
    const dashboard = resources.find(({ type }) => type === 'aws_cloudwatch_dashboard');
    const { widgets }: { widgets: Widget[] } = JSON.parse(String(dashboard?.values.dashboard_body));
    expect(widgets.map(({ x, y, properties: { title } }) => [x, y, title])).toEqual([
      [0, 0, 'Mail of the account'],
      [12, 0, 'Events into the stream, and to S3'],
      [0, 6, 'Age of the oldest event that is not in S3'],
      [12, 6, 'Failures of the delivery to S3'],
      [0, 12, 'Bounce rate'],
      [12, 12, 'Complaint rate'],
      [0, 18, 'Queue of new objects'],
    ]);
    const [, , , failures, bounces, , queue] = widgets.map(({ properties }) => properties);
    expect(failures?.metrics[0]?.slice(0, 4)).toEqual([
      ...['AWS/Logs', 'IncomingLogEvents', 'LogGroupName', '/aws/kinesisfirehose/shop'],
    ]);
    expect(bounces?.metrics[1]).toEqual([
      expect.objectContaining({
        expression: `SEARCH('{AWS/SES,"ses:configuration-set"} MetricName="Reputation.BounceRate"', 'Average', 3600)`,
      }),
    ]);
    expect(bounces?.annotations?.horizontal.map(({ value }) => value)).toEqual([0.03, 0.1]);
    expect(queue?.metrics.map((metric) => metric[3])).toEqual([
      ...['shop-objects', 'shop-objects-failed', 'shop-objects'],
    ]);
  });
});
