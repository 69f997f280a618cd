import { isoTime } from '../messages/identifiers';
import { engagementMailBlock } from '../messages/message';
import type { Timeline } from '../messages/timeline';
import type { Recipient } from '../profiles/recipients';
import { imageProxy, linkScanner, privacyProxy, type Visitor } from '../profiles/user-agents';

/** Start of the bot detection in SES. */
const botEventsSince = Date.UTC(2026, 7, 6);

/** The result of the bot detection in SES. */
type Verdict = 'Likely' | 'Unlikely';

function engagement({ now }: Timeline, { ipAddress, userAgent }: Visitor, isBotEvent: Verdict) {
  return { ipAddress, timestamp: isoTime(now), userAgent, ...(now >= botEventsSince && { isBotEvent }) };
}

/** A person or machine fetches the tracking image now. */
function open(timeline: Timeline, visitor: Visitor, verdict: Verdict): void {
  timeline.add({
    eventType: 'Open',
    mail: engagementMailBlock(timeline.message),
    open: engagement(timeline, visitor, verdict),
  });
}

/** A person or machine follows a link now: one of the campaign's paths. */
function click(timeline: Timeline, visitor: Visitor, verdict: Verdict, path: string): void {
  const { message, random } = timeline;
  const { domain } = message.sender;
  const link = `https://${domain}${path}?utm_campaign=${message.campaign.name}&recipient=${encodeURIComponent(message.recipients[0].address)}&t=${random.hex(2)}`;
  timeline.add({
    eventType: 'Click',
    click: {
      ...engagement(timeline, visitor, verdict),
      link,
      linkTags: random.onceIn(3) ? { position: ['hero'], 'product.group': [path.split('/')[1] ?? ''] } : null,
    },
    mail: engagementMailBlock(message),
  });
}

/**
 * Returns the visitor that fetches the image when the recipient reads. Some providers fetch it for the
 * reader.
 */
function readingVisitor(timeline: Timeline, recipient: Recipient): Visitor {
  return recipient.provider.proxiesImages ? imageProxy(timeline.random) : recipient.visitor;
}

/** A person opens the message, after some time. */
function read(timeline: Timeline, recipient = timeline.message.recipients[0]): void {
  timeline.advance(15_000, 75_000);
  open(timeline, readingVisitor(timeline, recipient), 'Unlikely');
}

/** A person follows one of the links. */
function follow(timeline: Timeline, recipient = timeline.message.recipients[0]): void {
  timeline.advance(2_000, 40_000);
  click(timeline, recipient.visitor, 'Unlikely', timeline.random.pick(timeline.message.campaign.paths));
}

/** A privacy proxy fetches the image as soon as the message is delivered. */
function prefetch(timeline: Timeline): void {
  timeline.advance(700, 9_000);
  open(timeline, privacyProxy(timeline.random), 'Likely');
}

/** A security gateway fetches the image and every link within a second. */
function scan(timeline: Timeline): void {
  const visitor = linkScanner(timeline.random);
  timeline.advance(300, 2_000);
  open(timeline, visitor, 'Likely');
  for (const path of timeline.message.campaign.paths) {
    timeline.advance(40, 300);
    click(timeline, visitor, 'Likely', path);
  }
}

export { follow, open, prefetch, read, scan };
