import { senders } from '../profiles/senders';
import { bounceReasons } from '../steps/bounce';
import { deliverAndRead, sendAndDeliver } from './deliveries';
import { bounced } from './failures';
import type { Scenario } from './scenario';

/** Messages to a list with old addresses, in all marketing campaigns. A third of the addresses no longer exists. */
const importedListScenarios: readonly Scenario[] = [
  { perThousand: 8, run: bounced(bounceReasons.noMailbox) },
  { perThousand: 15, run: sendAndDeliver },
  { perThousand: 2, run: deliverAndRead },
].map((scenario) => ({
  ...scenario,
  message: { sender: senders.marketing, importedList: 'imported-2019' },
}));

export { importedListScenarios };
