import { senders } from '../cast/senders';
import { send } from '../steps/accept';
import { complain, complainBySuppression } from '../steps/complain';
import { read } from '../steps/read';
import { changePreferences, unsubscribe } from '../steps/subscribe';
import { arrive } from './reading';
import type { Story } from './story';

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
  {
    share: 1,
    happen: (cycle) => {
      arrive(cycle);
      complain(cycle, 'not-spam');
    },
  },
  {
    share: 1,
    happen: (cycle) => {
      send(cycle);
      complainBySuppression(cycle);
    },
  },
  {
    share: 0,
    message: { recipientCount: 2 },
    happen: (cycle) => {
      arrive(cycle);
      complain(cycle, 'other');
    },
  },
  {
    share: 5,
    message: { sender: senders.marketing },
    happen: (cycle) => {
      arrive(cycle);
      read(cycle);
      unsubscribe(cycle);
    },
  },
  {
    share: 3,
    message: { sender: senders.marketing },
    happen: (cycle) => {
      arrive(cycle);
      changePreferences(cycle);
    },
  },
];

export { feedbackStories };
