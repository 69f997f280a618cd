import type { ComplaintEvent, SubscriptionEvent } from '../../events';
import { isoTime, sesId } from '../messages/identifiers';
import type { Timeline } from '../messages/timeline';

type FeedbackType = NonNullable<ComplaintEvent['complaint']['complaintFeedbackType']>;

function addComplaint(timeline: Timeline, rest: Pick<ComplaintEvent['complaint'], 'complaintSubType'>): void {
  const { message } = timeline;
  timeline.add({
    eventType: 'Complaint',
    complaint: {
      feedbackId: sesId(timeline.random, message.sender.region, timeline.now),
      // All recipients, because the provider does not identify the one that complained.
      complainedRecipients: message.recipients.map(({ address }) => ({ emailAddress: address })),
      timestamp: isoTime(timeline.now),
      ...rest,
    },
    mail: message.mail,
  });
}

/** The provider sends a feedback report. */
function complain(timeline: Timeline, complaintFeedbackType: FeedbackType): void {
  const received = timeline.now;
  timeline.advance(20_000, 90_000);
  const report = {
    complaintSubType: null,
    userAgent: 'ExampleProvider-Feedback/2.0',
    complaintFeedbackType,
    // Providers write their local time zone.
    arrivalDate: isoTime(received - 5 * 60 * 60 * 1000).replace('Z', '-05:00'),
  };
  addComplaint(timeline, report);
}

/**
 * SES does not send the message: an earlier complaint added the address to the account's suppression list.
 */
function complainBySuppression(timeline: Timeline): void {
  timeline.advance(200, 900);
  addComplaint(timeline, { complaintSubType: 'OnAccountSuppressionList' });
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

function addSubscription(
  timeline: Timeline,
  source: Subscription['source'],
  newTopicPreferences: Preferences,
): void {
  const { message } = timeline;
  timeline.advance(5_000, 60_000);
  timeline.add({
    eventType: 'Subscription',
    mail: message.mail,
    subscription: {
      contactList: message.sender.contactList ?? 'customers',
      timestamp: isoTime(timeline.now),
      source,
      newTopicPreferences,
      oldTopicPreferences: preferences(false, 'OptIn', 'OptIn'),
    },
  });
}

/** The recipient unsubscribes with the button of the mail program. */
function unsubscribe(timeline: Timeline): void {
  addSubscription(timeline, 'UnsubscribeHeader', preferences(true, 'OptOut', 'OptOut'));
}

/** The recipient unsubscribes from one topic on the page of SES. */
function changePreferences(timeline: Timeline): void {
  addSubscription(timeline, 'UnsubscribePage', preferences(false, 'OptIn', 'OptOut'));
}

export { changePreferences, complain, complainBySuppression, unsubscribe };
