import { DurationChart } from '../charts/duration-chart';
import { SplitBar } from '../charts/split-bar';
import { Figure } from '../components/figure';
import type { Section, SectionContext } from './section';

async function render({ answers }: SectionContext) {
  const times = await answers.ask('delivery-times', { limit: 10 });
  const delays = await answers.ask('delays', { limit: 10 });
  const sum = (name: 'then_delivered' | 'then_failed' | 'waiting') =>
    delays.rows.reduce((total, row) => total + row[name], 0);
  return (
    <>
      <Figure
        title="Time to deliver"
        answered={times}
        columns={[
          { name: 'domain' },
          { name: 'deliveries', hasBar: true },
          { name: 'p50', label: 'Median' },
          { name: 'p95', label: '95%' },
          { name: 'p99', label: '99%' },
          { name: 'longest' },
        ]}
        note="From acceptance by SES to acceptance by the recipient’s mail server, for the domains with the most deliveries."
      >
        <DurationChart
          id="delivery-times"
          title="Time to deliver by domain"
          rows={times.rows.map(({ domain, p50, p95, p99 }) => ({
            label: domain ?? 'no domain',
            p50: p50 ?? 0,
            p95: p95 ?? 0,
            p99: p99 ?? 0,
          }))}
        />
      </Figure>
      <Figure
        title="Delayed emails and their outcomes"
        answered={delays}
        columns={[
          { name: 'delay_type' },
          { name: 'domain' },
          { name: 'delayed', hasBar: true },
          { name: 'then_delivered' },
          { name: 'then_failed' },
          { name: 'waiting' },
          { name: 'example', label: 'Response of a server' },
        ]}
      >
        <SplitBar
          id="delay-outcomes"
          title="Outcomes of the delayed emails in the table"
          parts={[
            { label: 'Delivered later', count: sum('then_delivered'), mark: 'mark-delivered' },
            { label: 'Failed later', count: sum('then_failed'), mark: 'mark-bounced' },
            { label: 'No later event', count: sum('waiting'), mark: 'mark-waiting' },
          ]}
        />
      </Figure>
    </>
  );
}

/** Durations and delays of deliveries. */
const delivery: Section = { id: 'delivery', title: 'Time to deliver', render };

export { delivery };
