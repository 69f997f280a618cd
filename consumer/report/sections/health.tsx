import { verdictThresholds } from '../../queries/questions/verdict-thresholds';
import { RateChart } from '../charts/rate-chart';
import { percent, RateGauge } from '../charts/rate-gauge';
import { Figure } from '../components/figure';
import { axisTime, periodOfMarks, rangeOfPeriod } from '../data/periods';
import type { Section, SectionContext } from './section';

const { bounce, complaint } = verdictThresholds;

/** The rates that SES judges, in the words of its documentation. */
const rates = [
  {
    id: 'bounce-rate',
    title: 'Bounce rate',
    rate: 'bounce_rate',
    verdict: 'bounce_verdict',
    count: 'bounced',
    thresholds: bounce,
  },
  {
    id: 'complaint-rate',
    title: 'Complaint rate',
    rate: 'complaint_rate',
    verdict: 'complaint_verdict',
    count: 'complained',
    thresholds: complaint,
  },
] as const;

async function render({ answers }: SectionContext) {
  const { scope } = answers;
  const now = await answers.ask('health');
  const before = await answers.ask('health', {}, scope.before);
  const period = periodOfMarks(scope);
  const trend = await answers.ask('trend', { by: period });
  const [health] = now.rows;
  return (
    <>
      <p>
        {`SES reviews an account from a bounce rate of ${percent(bounce.review)} or a complaint rate of ${percent(complaint.review)}. From ${percent(bounce.danger)} or ${percent(complaint.danger)}, SES can pause its sending. `}
        SES measures both over a representative volume of recent mail, not over the range of this report.
      </p>
      <div class="pair">
        {rates.map(({ id, title, rate, verdict, count, thresholds }) => (
          <Figure
            title={title}
            answered={trend}
            columns={[
              { name: 'period' },
              { name: 'sent' },
              {
                name: count,
                link: ({ period: start }) =>
                  typeof start === 'string'
                    ? answers.linkTo('emails', { outcome: count, ...rangeOfPeriod(start, period, scope) })
                    : undefined,
              },
              { name: rate },
              { name: verdict },
            ]}
            note={`Of the emails that were sent on each ${period}, with all later outcomes. Recent rates can still rise.`}
          >
            <RateGauge
              id={`${id}-gauge`}
              title={title}
              rate={health?.[rate] ?? null}
              before={before.rows[0]?.[rate] ?? null}
              thresholds={thresholds}
            />
            <RateChart
              id={id}
              title={`${title} by ${period}`}
              rates={trend.rows.flatMap((row) =>
                row.period === null ? [] : [{ start: axisTime(row.period), rate: row[rate] }],
              )}
              period={period}
              thresholds={thresholds}
            />
          </Figure>
        ))}
      </div>
      <p class="note">
        The triangle marks the rate of the whole range, and a dashed line that of the range before.
      </p>
    </>
  );
}

/** Bounce and complaint rates beside the thresholds of SES. */
const health: Section = { id: 'health', title: 'Account health', render };

export { health };
