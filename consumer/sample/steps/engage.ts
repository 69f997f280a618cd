import type { ClickEvent, OpenEvent } from '../../events';
import type { Visitor } from '../cast/user-agents';
import { isoTime } from '../messages/identifiers';
import type { LifeCycle } from '../messages/life-cycle';
import { engagementMail } from '../messages/mail-blocks';

/** Since when SES says whether it takes a program for the visitor. */
const botEventsSince = Date.UTC(2026, 7, 6);

/** Whether SES takes the visitor for a program. */
type Verdict = 'Likely' | 'Unlikely';

function engagement({ now }: LifeCycle, { ipAddress, userAgent }: Visitor, isBotEvent: Verdict) {
  return { ipAddress, timestamp: isoTime(now), userAgent, ...(now >= botEventsSince && { isBotEvent }) };
}

/** Someone or something fetches the tracking image now. */
function open(cycle: LifeCycle, visitor: Visitor, verdict: Verdict): void {
  const event: OpenEvent = {
    eventType: 'Open',
    mail: engagementMail(cycle.message),
    open: engagement(cycle, visitor, verdict),
  };
  cycle.plan(event);
}

/** Someone or something follows a link now: one of the campaign's paths. */
function click(cycle: LifeCycle, visitor: Visitor, verdict: Verdict, path: string): void {
  const { message, random } = cycle;
  const { domain } = message.sender;
  const link = `https://${domain}${path}?utm_campaign=${message.campaign.name}&recipient=${encodeURIComponent(message.recipients[0].address)}&t=${random.hex(2)}`;
  const event: ClickEvent = {
    eventType: 'Click',
    click: {
      ...engagement(cycle, visitor, verdict),
      link,
      linkTags: random.onceIn(3) ? { position: ['hero'], 'product.group': [path.split('/')[1] ?? ''] } : null,
    },
    mail: engagementMail(message),
  };
  cycle.plan(event);
}

export { click, open };
