import { Figure } from '../components/figure';
import { RejectReasons, rejectReasons } from '../components/reject-reasons';
import type { Section, SectionContext } from './section';

async function render({ answers, facts }: SectionContext) {
  const kinds = await answers.ask('kinds');
  const missing = await answers.ask('missing', { limit: 10 });
  const gaps = await answers.ask('gaps', { limit: 5 });
  const late = await answers.ask('late-events');
  // Athena has no rejects, only unreadable lines.
  const rejects = facts === undefined ? [] : await answers.rows(rejectReasons);
  return (
    <>
      {rejects.length === 0 ? null : <RejectReasons rows={rejects} />}
      <Figure
        title="Events by kind"
        answered={kinds}
        columns={[
          { name: 'event_type', label: 'Kind' },
          { name: 'events', hasBar: true },
          { name: 'messages' },
          { name: 'first_at', label: 'First' },
          { name: 'last_at', label: 'Last' },
        ]}
      />
      <Figure
        title="Longest gaps between objects"
        answered={gaps}
        columns={[
          { name: 'gap_from', label: 'From' },
          { name: 'gap_to', label: 'To' },
          { name: 'hours', label: 'Length', hasBar: true },
          { name: 'objects' },
        ]}
        note="Ranges without a delivered object. The row without an end is the time since the newest object."
      />
      <Figure
        title="Time from an event to its arrival"
        answered={late}
        columns={[
          { name: 'event_type', label: 'Kind' },
          { name: 'events' },
          { name: 'median' },
          { name: 'p99', label: '99%' },
          { name: 'latest' },
          { name: 'next_day', label: 'In a later partition' },
          { name: 'found_again', label: 'Delivered again' },
        ]}
      />
      <Figure
        title="Messages without later events"
        answered={missing}
        columns={[
          { name: 'day' },
          { name: 'messages' },
          { name: 'silent' },
          { name: 'silent_share', hasBar: true },
          { name: 'silent_for_a_day', label: 'Silent for a day' },
          { name: 'without_send', label: 'Without a Send event' },
        ]}
      />
    </>
  );
}

/** Whether all events have arrived. */
const completeness: Section = { id: 'completeness', title: 'Freshness and completeness', render };

export { completeness };
