import { senders } from '../profiles/senders';
import type { LifeCycle } from '../messages/timeline';
import { failToRender, reject, send } from '../steps/accept';
import { type BounceReason, bounce, bounceReasons, seldomBounceReasons } from '../steps/bounce';
import { type DelayReason, delay, delayReasons, deliver } from '../steps/deliver';
import { inOrder, type Story } from './scenario';

/** The message bounces immediately. */
function bounced(reason: BounceReason): Story['happen'] {
  return inOrder(send, (cycle) => bounce(cycle, reason));
}

/** The message is delayed until SES stops trying. */
function delayedThenBounced(delayReason: DelayReason, reason: BounceReason): Story['happen'] {
  const delayed: Story['happen'] = (cycle) => delay(cycle, delayReason);
  return inOrder(send, delayed, delayed, (cycle) => bounce(cycle.passHalfDays(1), reason));
}

function delayedThenDelivered(cycle: LifeCycle): void {
  send(cycle);
  delay(cycle, cycle.random.pick([delayReasons.greylisted, delayReasons.throttled]));
  deliver(cycle.pass(60_000, 180_000));
}

/**
 * The message bounces after its delivery: immediately as an auto-reply, or later when the server rejects it.
 */
function deliveredThenBounced(reason: BounceReason, halfDays: number): Story['happen'] {
  return inOrder(send, deliver, (cycle) => bounce(cycle.passHalfDays(halfDays), reason));
}

/** Two recipients receive the message and the last one does not. */
function bouncedForOne(cycle: LifeCycle): void {
  const [first, second, last] = cycle.message.recipients;
  send(cycle);
  deliver(cycle, first);
  if (second !== undefined) deliver(cycle, second);
  bounce(cycle, bounceReasons.noMailbox, last);
}

/** A server response that an attacker wrote. */
const hostileBounce: BounceReason = {
  ...bounceReasons.hard,
  detail: () => ({
    action: 'failed',
    status: '5.7.1',
    diagnosticCode: 'smtp; 550 5.7.1 \u001b[1A\u001b[2K-2+3+cmd|calc\t\u0008denied \u{1f4a3}</td>',
  }),
};

/** The stories of messages that do not reach their mailbox, or not immediately. */
const failingStories: readonly Story[] = [
  { share: 25, happen: send }, // without any later event
  { share: 17, happen: bounced(bounceReasons.noMailbox) },
  { share: 6, happen: bounced(bounceReasons.hard) },
  { share: 4, happen: bounced(bounceReasons.globallySuppressed) },
  { share: 6, happen: bounced(bounceReasons.onAccountList) },
  { share: 1, happen: bounced(bounceReasons.permanentLabelledTransient) },
  { share: 2, happen: (cycle) => bounced(cycle.random.pick(seldomBounceReasons))(cycle) },
  { share: 0, happen: bounced(bounceReasons.undetermined) },
  { share: 0, happen: bounced(hostileBounce) },
  { share: 6, happen: delayedThenBounced(delayReasons.mailboxFull, bounceReasons.mailboxFull) },
  { share: 3, happen: delayedThenBounced(delayReasons.unreachable, bounceReasons.givenUp) },
  { share: 20, happen: delayedThenDelivered },
  { share: 3, happen: deliveredThenBounced(bounceReasons.outOfOffice, 0) },
  { share: 3, happen: deliveredThenBounced(bounceReasons.hard, 1) },
  { share: 1, message: { recipientCount: 3 }, happen: bouncedForOne },
  { share: 8, message: { sender: senders.transactional }, happen: failToRender },
  { share: 3, happen: inOrder(send, reject) },
];

export { failingStories };
