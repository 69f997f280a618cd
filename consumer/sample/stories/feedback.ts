import { senders } from '../cast/senders';
import { send } from '../steps/accept';
import { read } from '../steps/engage';
import { changePreferences, complain, complainBySuppression, unsubscribe } from '../steps/feedback';
import { arrive } from './reading';
import { inOrder, type Story } from './story';

/** What recipients say about the mail they get. */
const feedbackStories: readonly Story[] = [
  {
    share: 3,
    happen: (cycle) => {
      arrive(cycle);
      read(cycle);
      complain(cycle.passHalfDays(cycle.random.integer(0, 1)), 'abuse');
    },
  },
  // A complaint that is good news.
  { share: 1, happen: inOrder(arrive, (cycle) => complain(cycle, 'not-spam')) },
  { share: 1, happen: inOrder(send, complainBySuppression) },
  { share: 0, message: { recipientCount: 2 }, happen: inOrder(arrive, (cycle) => complain(cycle, 'other')) },
  { share: 5, message: { sender: senders.marketing }, happen: inOrder(arrive, read, unsubscribe) },
  { share: 3, message: { sender: senders.marketing }, happen: inOrder(arrive, changePreferences) },
];

export { feedbackStories };
