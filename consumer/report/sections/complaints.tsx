import { Figure } from '../components/figure';
import type { Section, SectionContext } from './section';

async function render({ answers }: SectionContext) {
  const complaints = await answers.ask('complaints', { limit: 10 });
  return (
    <Figure
      title="Newest complaints"
      answered={complaints}
      columns={[
        { name: 'complained_at' },
        { name: 'recipient' },
        { name: 'feedback_type' },
        { name: 'source_address', label: 'Sender' },
        { name: 'subject' },
        { name: 'hours_after_sending', label: 'After sending' },
      ]}
      note="A complaint that names several recipients does not identify which of them complained."
    />
  );
}

/** Individual complaints. */
const complaints: Section = { id: 'complaints', title: 'Complaints', render };

export { complaints };
