import type { ComplaintEvent, SubscriptionEvent } from '../../events';
import { isoTime, sesId } from '../messages/identifiers';
import type { LifeCycle } from '../messages/timeline';

type FeedbackType = NonNullable<ComplaintEvent['complaint']['complaintFeedbackType']>;

function planComplaint(cycle: LifeCycle, rest: Pick<ComplaintEvent['complaint'], 'complaintSubType'>): void {
  const { message } = cycle;
  cycle.plan({
    eventType: 'Complaint',
    complaint: {
      feedbackId: sesId(cycle.random, message.sender.region, cycle.now),
      // All recipients, because the provider does not identify the one that complained.
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
    // Providers write their local time zone.
    arrivalDate: isoTime(received - 5 * 60 * 60 * 1000).replace('Z', '-05:00'),
  };
  planComplaint(cycle, report);
}

/**
 * SES does not send the message: an earlier complaint added the address to the account's suppression list.
 */
function complainBySuppression(cycle: LifeCycle): void {
  cycle.pass(200, 900);
  planComplaint(cycle, { complaintSubType: 'OnAccountSuppressionList' });
}

type Subscription = SubscriptionEvent['subscription'];
type Preferences = NonNullable<Subscription['newTopicPreferences']>;

/** Returns the topic preferences of a contact. */
function preferences(
  unsubscribeAll: boolean,
  news: 'OptIn' | 'OptOut',
  offers: 'OptIn' | 'OptOut',
): Preferences {
  return {
    unsubscribeAll,
    topicSubscriptionStatus: [
      { topicName: 'news', subscriptionStatus: news },
      { topicName: 'offers', subscriptionStatus: offers },
    ],
  };
}

function planSubscription(
  cycle: LifeCycle,
  source: Subscription['source'],
  newTopicPreferences: Preferences,
): void {
  const { message } = cycle;
  cycle.pass(5_000, 60_000);
  cycle.plan({
    eventType: 'Subscription',
    mail: message.mail,
    subscription: {
      contactList: message.sender.contactList ?? 'customers',
      timestamp: isoTime(cycle.now),
      source,
      newTopicPreferences,
      oldTopicPreferences: preferences(false, 'OptIn', 'OptIn'),
    },
  });
}

/** The recipient unsubscribes with the button of the mail program. */
function unsubscribe(cycle: LifeCycle): void {
  planSubscription(cycle, 'UnsubscribeHeader', preferences(true, 'OptOut', 'OptOut'));
}

/** The recipient unsubscribes from one topic on the page of SES. */
function changePreferences(cycle: LifeCycle): void {
  planSubscription(cycle, 'UnsubscribePage', preferences(false, 'OptIn', 'OptOut'));
}

export { changePreferences, complain, complainBySuppression, unsubscribe };
