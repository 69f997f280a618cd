import type { Recipient } from '../profiles/recipients';
import { imageProxy, linkScanner, privacyProxy, type Visitor } from '../profiles/user-agents';
import { isoTime } from '../messages/identifiers';
import type { LifeCycle } from '../messages/timeline';
import { engagementMail } from '../messages/message';

/** Start of the bot detection in SES. */
const botEventsSince = Date.UTC(2026, 7, 6);

/** The result of the bot detection in SES. */
type Verdict = 'Likely' | 'Unlikely';

function engagement({ now }: LifeCycle, { ipAddress, userAgent }: Visitor, isBotEvent: Verdict) {
  return { ipAddress, timestamp: isoTime(now), userAgent, ...(now >= botEventsSince && { isBotEvent }) };
}

/** A person or machine fetches the tracking image now. */
function open(cycle: LifeCycle, visitor: Visitor, verdict: Verdict): void {
  cycle.plan({
    eventType: 'Open',
    mail: engagementMail(cycle.message),
    open: engagement(cycle, visitor, verdict),
  });
}

/** A person or machine follows a link now: one of the campaign's paths. */
function click(cycle: LifeCycle, visitor: Visitor, verdict: Verdict, path: string): void {
  const { message, random } = cycle;
  const { domain } = message.sender;
  const link = `https://${domain}${path}?utm_campaign=${message.campaign.name}&recipient=${encodeURIComponent(message.recipients[0].address)}&t=${random.hex(2)}`;
  cycle.plan({
    eventType: 'Click',
    click: {
      ...engagement(cycle, visitor, verdict),
      link,
      linkTags: random.onceIn(3) ? { position: ['hero'], 'product.group': [path.split('/')[1] ?? ''] } : null,
    },
    mail: engagementMail(message),
  });
}

/**
 * Returns the visitor that fetches the image when the recipient reads. Some providers fetch it for the
 * reader.
 */
function readingVisitor(cycle: LifeCycle, recipient: Recipient): Visitor {
  return recipient.provider.proxiesImages ? imageProxy(cycle.random) : recipient.visitor;
}

/** A person opens the message, after some time. */
function read(cycle: LifeCycle, recipient = cycle.message.recipients[0]): void {
  cycle.pass(15_000, 75_000);
  open(cycle, readingVisitor(cycle, recipient), 'Unlikely');
}

/** A person follows one of the links. */
function follow(cycle: LifeCycle, recipient = cycle.message.recipients[0]): void {
  cycle.pass(2_000, 40_000);
  click(cycle, recipient.visitor, 'Unlikely', cycle.random.pick(cycle.message.campaign.paths));
}

/** A privacy proxy fetches the image as soon as the message is delivered. */
function prefetch(cycle: LifeCycle): void {
  cycle.pass(700, 9_000);
  open(cycle, privacyProxy(cycle.random), 'Likely');
}

/** A security gateway fetches the image and every link within a second. */
function scan(cycle: LifeCycle): void {
  const visitor = linkScanner(cycle.random);
  cycle.pass(300, 2_000);
  open(cycle, visitor, 'Likely');
  for (const path of cycle.message.campaign.paths) {
    cycle.pass(40, 300);
    click(cycle, visitor, 'Likely', path);
  }
}

export { follow, open, prefetch, read, scan };
