import { isoTime, sesId } from '../messages/identifiers';
import type { LifeCycle } from '../messages/life-cycle';
import type { BounceReason } from './bounce-reasons';
import { sendingHost } from './deliver';

/** The message comes back, shortly after what came before. */
function bounce(cycle: LifeCycle, reason: BounceReason, recipient = cycle.message.recipients[0]): void {
  const { message, random } = cycle;
  const { address, provider } = recipient;
  cycle.pass(400, 6_000);
  const host = random.pick(['dns; ', 'dsn; ', '']) + sendingHost(random);
  cycle.plan({
    eventType: 'Bounce',
    bounce: {
      feedbackId: sesId(random, message.sender.region, cycle.now),
      bounceType: reason.bounceType,
      bounceSubType: reason.bounceSubType,
      bouncedRecipients: [{ emailAddress: address, ...reason.detail?.(recipient) }],
      timestamp: isoTime(cycle.now),
      ...(reason.reached && provider.tellsIp && { remoteMtaIp: provider.exchangerIp }),
      ...(reason.detail && { reportingMTA: host }),
    },
    mail: message.mail,
  });
}

export { bounce };
