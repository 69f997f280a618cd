import { flashSale, senders } from '../profiles/senders';
import { bounceReasons } from '../steps/bounce';
import { follow, prefetch, read } from '../steps/engage';
import { complain, unsubscribe } from '../steps/feedback';
import type { Calendar } from '../time/calendar';
import { deliverAndRead, sendAndDeliver } from './deliveries';
import { bounced } from './failures';
import { inOrder, type Scenario } from './scenario';

const tuesday = 2;

/** The campaign is on two days in an archive of two weeks or more, otherwise on one. */
const minDaysForTwo = 14;

/** Share of the campaign's messages in the mail of its days, in percent. */
const failedCampaignPercent = 50;

/** A campaign to people who did not ask for it: they complain and unsubscribe, and many addresses do not exist. */
const failedCampaignScenarios: readonly Scenario[] = [
  { perThousand: 120, run: bounced(bounceReasons.noMailbox) },
  { perThousand: 60, run: bounced(bounceReasons.hard) },
  {
    perThousand: 20,
    run: inOrder(deliverAndRead, (timeline) =>
      complain(timeline.advanceHalfDays(timeline.random.integer(0, 1)), 'abuse'),
    ),
  },
  {
    perThousand: 0,
    message: { recipientCount: 2 },
    run: inOrder(sendAndDeliver, (timeline) => complain(timeline, 'other')),
  },
  { perThousand: 30, run: inOrder(deliverAndRead, unsubscribe) },
  { perThousand: 70, run: deliverAndRead },
  { perThousand: 20, run: inOrder(deliverAndRead, follow) },
  { perThousand: 70, run: inOrder(sendAndDeliver, prefetch) },
  { perThousand: 40, run: inOrder(sendAndDeliver, (timeline) => read(timeline.advanceHalfDays(1))) },
  { perThousand: 570, run: sendAndDeliver },
].map((scenario) => ({
  ...scenario,
  message: { ...scenario.message, sender: senders.marketing, campaign: flashSale },
}));

/**
 * Returns the numbers of the campaign's days: from the first Tuesday in the second half of the calendar on, or the
 * middle day if no such Tuesday is in the calendar.
 */
function failedCampaignDays(calendar: Calendar): number[] {
  const middle = Math.floor(calendar.days / 2);
  const start = middle + ((tuesday - calendar.weekdayOf(middle) + 7) % 7);
  if (calendar.days >= minDaysForTwo) return [start, start + 1];
  return [start < calendar.days ? start : middle];
}

export { failedCampaignDays, failedCampaignPercent, failedCampaignScenarios };
