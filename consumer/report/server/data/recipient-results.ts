import type { TraceStep } from '../../../queries/trace/steps';

/** The last result of an email to a recipient, in the words of the server. */
interface RecipientResult extends Pick<TraceStep, 'what' | 'time'> {
  recipient: string;
}

/** Kinds of events about the result of an email, and the acceptance by SES, which is the result until there is another. */
const resultKinds: ReadonlySet<string> = new Set([
  'Send',
  'Reject',
  'Rendering Failure',
  'Delivery',
  'DeliveryDelay',
  'Bounce',
  'Complaint',
]);

/** Returns the last result for each recipient of a message, in the order of their first events. */
function recipientResults(steps: readonly TraceStep[]): RecipientResult[] {
  const results = new Map<string, RecipientResult>();
  for (const { eventType, recipients, what, time } of steps) {
    if (!resultKinds.has(eventType)) continue;
    for (const recipient of recipients) results.set(recipient, { recipient, what, time });
  }
  return [...results.values()];
}

export { recipientResults };
