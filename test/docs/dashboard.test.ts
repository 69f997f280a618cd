import { drawGraph } from '../../docs/dashboard/graph';
import { sampleMetrics } from '../../docs/dashboard/metrics';
import { dashboardPicture } from '../../docs/dashboard/picture';
import { scaleOf } from '../../docs/dashboard/scale';
import type { Widget } from '../../modules/stream-dashboard/widgets';

const picture = dashboardPicture();

describe('the picture of the dashboard', () => {
  it.each([
    'Mail of the account',
    'Events into the stream, and to S3',
    'Age of the oldest event that is not in S3',
    'Failures of the delivery to S3',
    'Bounce rate',
    'Complaint rate',
  ])('has the graph %s', (title) => {
    expect(picture).toContain(`>${title}</text>`);
  });

  it.each(['alarm 1,800', 'alarm 0.99', 'warning 0.05', 'critical 0.1', 'warning 0.001', 'critical 0.005'])(
    'shows the threshold %s',
    (threshold) => {
      expect(picture).toContain(`>${threshold}</text>`);
    },
  );

  it('has a line for each rate of a configuration set', () => {
    for (const set of Object.keys(sampleMetrics().sets))
      expect(picture.split(`>${set}</text>`)).toHaveLength(3);
  });

  it('has no text that is not a number of the sample or a text of the dashboard', () => {
    expect(picture).not.toMatch(/NaN|undefined|Infinity|TfToken/);
  });

  it('requires every metric of the dashboard in the sample', () => {
    const widget: Widget = {
      ...{ type: 'metric', x: 0, y: 0, width: 12, height: 6 },
      properties: {
        ...{ title: 'New', region: 'eu-west-1', stacked: false, stat: 'Sum', period: 300 },
        ...{ view: 'timeSeries', metrics: [['AWS/SES', 'New']], yAxis: { left: { label: 'messages' } } },
      },
    };
    expect(() => drawGraph(widget, sampleMetrics())).toThrow('the sample has no metric for New');
  });
});

describe('an axis', () => {
  it.each([
    [
      [3, 8],
      ['0', '2', '4', '6', '8'],
    ],
    [[0.1], ['0', '0.025', '0.05', '0.075', '0.1']],
    [[1800], ['0', '500', '1,000', '1,500']],
    [[0], ['0', '0.25', '0.5', '0.75', '1']],
  ])('from 0 to the largest of %j has the ticks %j', (values, ticks) => {
    expect(scaleOf(values).ticks.map(({ text }) => text)).toEqual(ticks);
  });
});
