import type { Random } from '../seed/random';
import type { Calendar } from '../time/calendar';
import { deliveryScenarios, feedbackScenarios } from './deliveries';
import { failedCampaignDays, failedCampaignPercent, failedCampaignScenarios } from './failed-campaign';
import { failureScenarios } from './failures';
import { importedListScenarios } from './imported-list';
import type { Scenario } from './scenario';
import { throttledScenarios } from './throttled-provider';

/** The scenarios of all days. Their order decides about chance: with this one, the bundled sample has one bad day. */
const everydayScenarios: readonly Scenario[] = [
  ...failureScenarios,
  ...feedbackScenarios,
  ...throttledScenarios,
  ...importedListScenarios,
  ...deliveryScenarios,
];

/** Minimum number of messages per event. */
const messagesPerEvent = 0.35;

/**
 * Yields scenarios without end: a thousand at a time, each as often as its `perThousand`, in random order. In
 * addition, yields every scenario once, with a distance between them. With little distance, failures come first,
 * because they have the rarest events, and the archive can end before the last scenario.
 */
function* scenarioSequence(
  random: Random,
  scenarios: readonly Scenario[],
  distance: number,
): Generator<Scenario, never> {
  const weighted = scenarios.flatMap((scenario) => Array<Scenario>(scenario.perThousand).fill(scenario));
  const once = distance > 2 ? random.shuffled(scenarios) : scenarios.toReversed();
  let deck: Scenario[] = [];
  for (let index = 0; ; index++) {
    const next = index % distance === 0 ? once.pop() : undefined;
    if (next === undefined && deck.length === 0) deck = random.shuffled(weighted);
    const scenario = next ?? deck.pop();
    if (scenario !== undefined) yield scenario;
  }
}

/**
 * Chooses the scenarios of the messages. Each occurs at least once, spread over the archive, so that a small archive
 * contains all of them and has ordinary days. Those of the failed campaign occur on its days.
 */
class ScenarioMix {
  private readonly everyday: Generator<Scenario, never>;
  private readonly failedCampaign: Generator<Scenario, never>;
  private readonly failedDays: readonly number[];

  constructor(
    private readonly random: Random,
    private readonly calendar: Calendar,
    events: number,
  ) {
    const distance = Math.floor((events * messagesPerEvent) / everydayScenarios.length);
    this.everyday = scenarioSequence(random, everydayScenarios, Math.max(1, distance));
    this.failedCampaign = scenarioSequence(random, failedCampaignScenarios, 1);
    this.failedDays = failedCampaignDays(calendar);
  }

  /** Returns the scenario of the message that is sent at a time. */
  next(sent: number): Scenario {
    const isFailed =
      this.failedDays.includes(this.calendar.dayOf(sent)) &&
      this.random.integer(1, 100) <= failedCampaignPercent;
    return (isFailed ? this.failedCampaign : this.everyday).next().value;
  }
}

export { ScenarioMix };
