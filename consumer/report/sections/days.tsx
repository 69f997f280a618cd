import type { AnswerRows } from '../../queries/questions/answer-rows.generated';
import type { Period } from '../../queries/questions/parameters';
import { type Volume, VolumeChart } from '../charts/volume-chart';
import { Figure } from '../components/figure';
import { axisTime, periodOfMarks } from '../data/periods';
import type { Section, SectionContext } from './section';

/** Checks whether a row has an event of any kind. */
function hasEvents(row: AnswerRows['daily'] | AnswerRows['trend']): boolean {
  return Object.values(row).some((value) => typeof value === 'number' && value > 0);
}

/** Returns the volume of a row, by its first day; nothing for events without a time. */
function volume(start: string | null, row: AnswerRows['daily'] | AnswerRows['trend']): Volume[] {
  const { sent, delivered, bounced, complained } = row;
  if (start === null) return [];
  return [{ start: axisTime(start), sent, delivered, bounced, complained, isGap: !hasEvents(row) }];
}

const counts = ['sent', 'delivered', 'bounced', 'complained'].map((name) => ({ name }));

/** The counts of a day by the time of the events. */
async function days({ answers }: SectionContext) {
  const daily = await answers.ask('daily');
  const volumes = daily.rows.flatMap((row) => volume(row.day, row));
  const others = ['soft_bounced', 'suppressed', 'delayed', 'rejected', 'not_rendered', 'opens', 'clicks'];
  return (
    <Figure
      title="Emails by day"
      answered={daily}
      columns={[{ name: 'day' }, ...counts, ...others.map((name) => ({ name }))]}
      note="By the day of the event. Days without any event are hatched: no mail, or events that did not arrive."
    >
      <VolumeChart id="volume" title="Emails by day" volumes={volumes} period="day" />
    </Figure>
  );
}

/** The counts of a longer period by the send time of the emails. */
async function periods({ answers }: SectionContext, period: Period) {
  const trend = await answers.ask('trend', { by: period });
  const volumes = trend.rows.flatMap((row) => volume(row.period, row));
  return (
    <Figure
      title={`Emails by ${period}`}
      answered={trend}
      columns={[{ name: 'period' }, ...counts]}
      note={`By the ${period} in which the emails were sent. A ${period} without any email is hatched.`}
    >
      <VolumeChart id="volume" title={`Emails by ${period}`} volumes={volumes} period={period} />
    </Figure>
  );
}

/** Emails over time. */
const volumeByDay: Section = {
  id: 'days',
  title: 'Volume',
  render(context) {
    const period = periodOfMarks(context.answers.scope);
    return period === 'day' ? days(context) : periods(context, period);
  },
};

export { volumeByDay };
