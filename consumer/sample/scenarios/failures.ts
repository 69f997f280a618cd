import type { Timeline } from '../messages/timeline';
import { providers } from '../profiles/providers';
import { senders } from '../profiles/senders';
import { failToRender, reject, send } from '../steps/accept';
import { type BounceReason, bounce, bounceReasons, rareBounceReasons } from '../steps/bounce';
import { type DelayReason, delay, delayReasons, deliver } from '../steps/deliver';
import { inOrder, type Scenario } from './scenario';

/** The message bounces immediately. */
function bounced(reason: BounceReason): Scenario['run'] {
  return inOrder(send, (timeline) => bounce(timeline, reason));
}

/** The message is delayed until SES stops retrying. */
function delayedThenBounced(delayReason: DelayReason, reason: BounceReason): Scenario['run'] {
  const delayed: Scenario['run'] = (timeline) => delay(timeline, delayReason);
  return inOrder(send, delayed, delayed, (timeline) => bounce(timeline.advanceHalfDays(1), reason));
}

function delayedThenDelivered(timeline: Timeline): void {
  send(timeline);
  delay(timeline, delayReasons.greylisted);
  deliver(timeline.advance(60_000, 180_000));
}

/**
 * The message bounces after its delivery: immediately as an auto-reply, or later when the server rejects it.
 */
function deliveredThenBounced(reason: BounceReason, halfDays: number): Scenario['run'] {
  return inOrder(send, deliver, (timeline) => bounce(timeline.advanceHalfDays(halfDays), reason));
}

/** Two recipients receive the message. It bounces for the last one. */
function bouncedForOne(timeline: Timeline): void {
  const [first, second, last] = timeline.message.recipients;
  send(timeline);
  deliver(timeline, first);
  if (second !== undefined) deliver(timeline, second);
  bounce(timeline, bounceReasons.noMailbox, last);
}

/** A server response from an attacker. */
const hostileBounce: BounceReason = {
  ...bounceReasons.hard,
  detail: () => ({
    action: 'failed',
    status: '5.7.1',
    diagnosticCode: 'smtp; 550 5.7.1 \u001b[1A\u001b[2K-2+3+cmd|calc\t\u0008denied \u{1f4a3}</td>',
  }),
};

/** Scenarios of messages that do not reach the mailbox, or not immediately. */
const failureScenarios: readonly Scenario[] = [
  { perThousand: 12, run: send }, // without any later event
  { perThousand: 3, run: bounced(bounceReasons.noMailbox) },
  { perThousand: 2, message: { provider: providers.inbox }, run: bounced(bounceReasons.hard) },
  { perThousand: 1, run: bounced(bounceReasons.globallySuppressed) },
  { perThousand: 6, run: bounced(bounceReasons.onAccountSuppressionList) },
  { perThousand: 1, run: bounced(bounceReasons.permanentLabeledTransient) },
  { perThousand: 2, run: (timeline) => bounced(timeline.random.pick(rareBounceReasons))(timeline) },
  ...rareBounceReasons.map((reason) => ({ perThousand: 0, run: bounced(reason) })),
  { perThousand: 0, run: bounced(hostileBounce) },
  {
    perThousand: 6,
    message: { provider: providers.net },
    run: delayedThenBounced(delayReasons.mailboxFull, bounceReasons.mailboxFull),
  },
  {
    perThousand: 3,
    message: { provider: providers.org },
    run: delayedThenBounced(delayReasons.unreachable, bounceReasons.expired),
  },
  { perThousand: 6, run: delayedThenDelivered },
  { perThousand: 3, run: deliveredThenBounced(bounceReasons.outOfOffice, 0) },
  { perThousand: 1, run: deliveredThenBounced(bounceReasons.hard, 1) },
  { perThousand: 1, message: { recipientCount: 3 }, run: bouncedForOne },
  { perThousand: 8, message: { sender: senders.transactional }, run: failToRender },
  { perThousand: 3, run: inOrder(send, reject) },
];

export { bounced, delayedThenBounced, failureScenarios };
