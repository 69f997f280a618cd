import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerRows } from '../../queries/questions/answer-rows.generated';
import type { Outcome } from '../../queries/questions/parameters';
import { formatCount, formatShare, formatTime } from '../../texts/number-text';
import { Tile, type TileChange } from '../components/tile';
import { UnusedFilters } from '../components/unused-filters';
import { rangeText } from '../data/range-text';
import type { Section, SectionContext } from './section';

type Health = AnswerRows['health'];

/** Returns the change of a count or a rate since the range before; undefined where one of them is unknown. */
function changeOf(
  now: number | null,
  before: number | null,
  lower: TileChange['lower'],
): TileChange | undefined {
  if (now === null || before === null || (now === 0 && before === 0)) return undefined;
  return { ratio: now / before - 1, lower };
}

/** A figure of the overview: its value, and the emails that it counts. */
interface Figure {
  label: string;
  value(health: Health): string;
  number(health: Health): number | null;
  verdict?(health: Health): PlainValue;
  lower: TileChange['lower'];
  /** The outcome of the emails that it counts. */
  outcome?: Outcome;
}

const rate = (share: number | null) => (share === null ? '–' : formatShare(share, 1));

const figures: readonly Figure[] = [
  {
    label: 'Emails sent',
    value: ({ sent }) => formatCount(sent),
    number: ({ sent }) => sent,
    lower: 'neutral',
    outcome: 'sent',
  },
  {
    label: 'Delivered',
    value: ({ delivered, sent }) => formatShare(delivered, sent),
    number: ({ delivered, sent }) => (sent === 0 ? null : delivered / sent),
    lower: 'worse',
    outcome: 'delivered',
  },
  {
    label: 'Bounce rate',
    value: ({ bounce_rate }) => rate(bounce_rate),
    number: ({ bounce_rate }) => bounce_rate,
    verdict: ({ bounce_verdict }) => bounce_verdict,
    lower: 'better',
    outcome: 'bounced',
  },
  {
    label: 'Complaint rate',
    value: ({ complaint_rate }) => rate(complaint_rate),
    number: ({ complaint_rate }) => complaint_rate,
    verdict: ({ complaint_verdict }) => complaint_verdict,
    lower: 'better',
    outcome: 'complained',
  },
  {
    label: 'Opened by people',
    value: ({ human_open_rate }) => rate(human_open_rate),
    number: ({ human_open_rate }) => human_open_rate,
    lower: 'worse',
  },
  {
    label: 'Clicked by people',
    value: ({ human_click_rate }) => rate(human_click_rate),
    number: ({ human_click_rate }) => human_click_rate,
    lower: 'worse',
  },
];

/** Formats the age of the archive's newest event, and the number of its events. */
function basisText({ facts }: SectionContext, timezone: string): string | undefined {
  if (facts === undefined) return undefined;
  const newest = facts.newest === undefined ? '' : `, the newest from ${formatTime(facts.newest, timezone)}`;
  return `The archive has ${formatCount(facts.events)} events${newest}, and ${formatCount(facts.rejects)} rejected records.`;
}

async function render(context: SectionContext) {
  const { answers } = context;
  const { scope } = answers;
  const now = await answers.ask('health');
  const before = await answers.ask('health', {}, scope.before);
  const [health] = now.rows;
  const [earlier] = before.rows;
  if (health === undefined || earlier === undefined) return <p class="empty">No matching events.</p>;
  const isComparable = earlier.sent > 0;
  // With other filters, the emails of a page would not be those that are counted here.
  const isFiltered = now.unused.length === 0;
  return (
    <>
      <div class="tiles">
        {figures.map(({ label, value, number, verdict, lower, outcome }) => (
          <Tile
            label={label}
            value={value(health)}
            verdict={verdict?.(health)}
            change={isComparable ? changeOf(number(health), number(earlier), lower) : undefined}
            link={outcome === undefined || !isFiltered ? undefined : answers.linkTo('emails', { outcome })}
          />
        ))}
      </div>
      <p class="note">
        {isComparable
          ? `Changes compare with the range before, ${rangeText(scope.before, scope.timezone)}. `
          : `No emails were sent in the range before, ${rangeText(scope.before, scope.timezone)}. `}
        {basisText(context, scope.timezone)}
      </p>
      <UnusedFilters answered={now} />
    </>
  );
}

/** The main figures, with their changes. */
const overview: Section = { id: 'overview', title: 'Overview', render };

export { overview };
