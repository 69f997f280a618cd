import { ShareBars } from '../charts/share-bars';
import { Figure } from '../components/figure';
import type { Section, SectionContext } from './section';

async function render({ answers }: SectionContext) {
  const health = await answers.ask('health');
  const machines = await answers.ask('machines');
  const links = await answers.ask('links', { limit: 10 });
  const [rates] = health.rows;
  const bars = [
    { label: 'Opened, with machines', share: rates?.open_rate ?? null, mark: 'mark-machine' },
    { label: 'Opened by people', share: rates?.human_open_rate ?? null, mark: 'mark-human' },
    { label: 'Clicked, with machines', share: rates?.click_rate ?? null, mark: 'mark-machine' },
    { label: 'Clicked by people', share: rates?.human_click_rate ?? null, mark: 'mark-human' },
  ];
  return (
    <>
      <Figure
        title="Opens and clicks with and without machines"
        answered={machines}
        columns={[
          { name: 'event_type', label: 'Kind' },
          { name: 'machine_reason', label: 'Machine' },
          { name: 'events' },
          { name: 'share', hasBar: true },
          { name: 'messages' },
        ]}
        note="Shares of the delivered messages. Mail programs and security scanners open and click without a person. The table shows the machines that were detected."
      >
        <ShareBars id="engagement" title="Opens and clicks with and without machines" bars={bars} />
      </Figure>
      <Figure
        title="Clicks by link"
        answered={links}
        columns={[
          { name: 'link' },
          { name: 'clicks', hasBar: true },
          { name: 'human_clicks' },
          { name: 'messages' },
          { name: 'last_clicked_at', label: 'Last click' },
        ]}
      />
    </>
  );
}

/** Opens and clicks, with and without machines. */
const engagement: Section = { id: 'engagement', title: 'Engagement', render };

export { engagement };
