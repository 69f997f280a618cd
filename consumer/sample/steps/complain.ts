import type { ComplaintEvent } from '../../events';
import { isoTime, sesId } from '../messages/identifiers';
import type { LifeCycle } from '../messages/life-cycle';

type FeedbackType = NonNullable<ComplaintEvent['complaint']['complaintFeedbackType']>;

function plan(cycle: LifeCycle, rest: Pick<ComplaintEvent['complaint'], 'complaintSubType'>): void {
  const { message } = cycle;
  cycle.plan({
    eventType: 'Complaint',
    complaint: {
      feedbackId: sesId(cycle.random, message.sender.region, cycle.now),
      // Everyone whom the message went to: the provider does not say who complained.
      complainedRecipients: message.recipients.map(({ address }) => ({ emailAddress: address })),
      timestamp: isoTime(cycle.now),
      ...rest,
    },
    mail: message.mail,
  });
}

/** The provider sends a feedback report. */
function complain(cycle: LifeCycle, complaintFeedbackType: FeedbackType): void {
  const received = cycle.now;
  cycle.pass(20_000, 90_000);
  const report = {
    complaintSubType: null,
    userAgent: 'ExampleProvider-Feedback/2.0',
    complaintFeedbackType,
    // Providers write their own time zone.
    arrivalDate: isoTime(received - 5 * 60 * 60 * 1000).replace('Z', '-05:00'),
  };
  plan(cycle, report);
}

/** SES does not send: the address is on the account's suppression list because of an earlier complaint. */
function complainBySuppression(cycle: LifeCycle): void {
  cycle.pass(200, 900);
  plan(cycle, { complaintSubType: 'OnAccountSuppressionList' });
}

export { complain, complainBySuppression };
