import { type EmailEvent, isUnknown } from '../../events';
import type { RejectReason } from '../../records/outcome';
import type { ObjectTaskFactory } from '../../sources/object-task';

/** One reject as an example. */
interface RejectExample {
  object: string;
  offset: number;
  message: string;
}

/** A summary of an archive. It counts events, not emails, because counting emails requires views. */
interface Summary {
  /** Events by `eventType`; those of unknown kinds under `Unknown (<their own label>)`. */
  kinds: Record<string, number>;
  /** Rejects by reason, with the first of each. */
  rejects: Partial<Record<RejectReason, { count: number; example: RejectExample }>>;
}

function emptySummary(): Summary {
  return { kinds: {}, rejects: {} };
}

function addEvent(summary: Summary, event: EmailEvent): void {
  const kind = isUnknown(event) ? `Unknown (${event.recordType})` : event.eventType;
  summary.kinds[kind] = (summary.kinds[kind] ?? 0) + 1;
}

function addRejects(summary: Summary, reason: RejectReason, count: number, example: RejectExample): void {
  const rejects = summary.rejects[reason] ?? { count: 0, example };
  summary.rejects[reason] = rejects;
  rejects.count += count;
}

/** Adds one summary to another. */
function addSummary(summary: Summary, more: Summary): void {
  for (const [kind, count] of Object.entries(more.kinds))
    summary.kinds[kind] = (summary.kinds[kind] ?? 0) + count;
  for (const [reason, { count, example }] of Object.entries(more.rejects)) {
    addRejects(summary, reason as RejectReason, count, example); // Object.entries loses the key type
  }
}

/** Creates the summary of one object; runs in the thread that reads the object. */
const createTask: ObjectTaskFactory<Summary> = () => {
  const summary = emptySummary();
  return {
    outcome(outcome) {
      if (outcome.outcome === 'event') addEvent(summary, outcome.event);
      else if (outcome.outcome === 'reject') {
        const { object, offset, message, reason } = outcome;
        addRejects(summary, reason, 1, { object, offset, message });
      }
    },
    result: () => summary,
  };
};

export { addSummary, createTask, emptySummary, type Summary };
