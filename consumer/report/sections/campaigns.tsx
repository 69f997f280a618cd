import { Figure } from '../components/figure';
import type { Section, SectionContext } from './section';

async function render({ answers }: SectionContext) {
  const campaigns = await answers.ask('campaigns', { limit: 15 });
  const templates = await answers.ask('rendering-failures', { limit: 10 });
  return (
    <>
      <Figure
        title="Results by message tag"
        answered={campaigns}
        columns={[
          { name: 'tag' },
          { name: 'value' },
          {
            name: 'messages',
            hasBar: true,
            link: ({ tag, value }) =>
              answers.linkTo('messages', { tag: { name: String(tag), value: String(value) } }),
          },
          { name: 'bounce_rate' },
          { name: 'complaint_rate' },
          { name: 'human_open_rate', label: 'Opened by people', hasBar: true },
          { name: 'human_click_rate', label: 'Clicked by people', hasBar: true },
        ]}
        note="Opens and clicks do not identify a recipient, so their rates are shares of delivered messages."
      />
      <Figure
        title="Templates that fail"
        answered={templates}
        columns={[
          { name: 'template_name', label: 'Template' },
          { name: 'error_message', label: 'Error' },
          { name: 'not_rendered', label: 'Emails', hasBar: true },
          { name: 'last_at', label: 'Last failure' },
        ]}
      />
    </>
  );
}

/** Results of campaigns, and templates that fail. */
const campaigns: Section = { id: 'campaigns', title: 'Campaigns and templates', render };

export { campaigns };
