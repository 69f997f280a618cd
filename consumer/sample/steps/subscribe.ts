import type { SubscriptionEvent } from '../../events';
import { isoTime } from '../messages/identifiers';
import type { LifeCycle } from '../messages/life-cycle';

type Subscription = SubscriptionEvent['subscription'];
type Preferences = NonNullable<Subscription['newTopicPreferences']>;

/** What a contact takes part in. */
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

function plan(cycle: LifeCycle, source: Subscription['source'], newTopicPreferences: Preferences): void {
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

/** The recipient unsubscribes by the mail program's own button. */
function unsubscribe(cycle: LifeCycle): void {
  plan(cycle, 'UnsubscribeHeader', preferences(true, 'OptOut', 'OptOut'));
}

/** The recipient leaves one topic on SES's page. */
function changePreferences(cycle: LifeCycle): void {
  plan(cycle, 'UnsubscribePage', preferences(false, 'OptIn', 'OptOut'));
}

export { changePreferences, unsubscribe };
