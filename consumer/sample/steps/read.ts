import type { Recipient } from '../cast/recipients';
import { imageProxy, linkScanner, privacyProxy, type Visitor } from '../cast/user-agents';
import type { LifeCycle } from '../messages/life-cycle';
import { click, open } from './engage';

/** Who fetches the image when the recipient reads: some providers do it in the reader's place. */
function readingVisitor(cycle: LifeCycle, recipient: Recipient): Visitor {
  return recipient.provider.proxiesImages ? imageProxy(cycle.random) : recipient.visitor;
}

/** A person opens the message, after a while. */
function read(cycle: LifeCycle, recipient = cycle.message.recipients[0]): void {
  cycle.pass(15_000, 75_000);
  open(cycle, readingVisitor(cycle, recipient), 'Unlikely');
}

/** A person follows one of the links. */
function follow(cycle: LifeCycle, recipient = cycle.message.recipients[0]): void {
  cycle.pass(2_000, 40_000);
  click(cycle, recipient.visitor, 'Unlikely', cycle.random.pick(cycle.message.campaign.paths));
}

/** A privacy proxy fetches the image as soon as the message is there. */
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

export { follow, prefetch, read, scan };
