import type { AnswerRows } from '../../queries/questions/answer-rows.generated';
import { ShareBars } from '../charts/share-bars';
import { Figure } from '../components/figure';
import { firstRows } from '../data/answers';
import type { Section, SectionContext } from './section';

/** Returns the share of each cause, highest first. */
function causes(rows: readonly AnswerRows['bounces'][]) {
  const shares = new Map<string, number>();
  for (const { bounce_class: cause, share } of rows)
    shares.set(cause ?? 'other', (shares.get(cause ?? 'other') ?? 0) + (share ?? 0));
  return [...shares]
    .sort(([, one], [, other]) => other - one)
    .map(([label, share]) => ({ label, share, mark: 'mark-bounced' }));
}

async function render({ answers }: SectionContext) {
  const bounces = await answers.ask('bounces', { limit: 'all' });
  const rejections = await answers.ask('rejections', { limit: 5 });
  return (
    <>
      <Figure
        title="Bounces by cause and domain"
        answered={firstRows(bounces, 15)}
        columns={[
          { name: 'bounce_class', label: 'Cause' },
          { name: 'domain' },
          { name: 'emails', hasBar: true },
          { name: 'share' },
          { name: 'example', label: 'Response of a server' },
        ]}
        note="Each cause with the words of one of the servers. The list includes soft bounces and suppressed emails, which SES does not count in the bounce rate."
        isTableOpen
      >
        <ShareBars id="bounce-causes" title="Shares of the causes" bars={causes(bounces.rows)} />
      </Figure>
      {rejections.total === 0 ? null : (
        <Figure
          title="Messages that SES refused"
          answered={rejections}
          columns={[
            { name: 'rejected_at' },
            { name: 'reason' },
            { name: 'source_address', label: 'Sender' },
            { name: 'recipient' },
            { name: 'subject' },
          ]}
        />
      )}
    </>
  );
}

/** Reasons of bounces, in the words of the servers. */
const bounces: Section = { id: 'bounces', title: 'Bounces', render };

export { bounces };
