import type { EmailEvent, EventOrigin } from '../../events';

/** A record as stored in the archive: a tree, and the labels that define how to read it. */
interface Document {
  /** The kind; `Unknown` for a kind that this version does not know. */
  kind: EmailEvent['eventType'];
  origin: EventOrigin;
  /** The label in the record. */
  recordType: string;
  /** The key at the tree's root whose value the labels imply. */
  labelKey: 'eventType' | 'notificationType' | 'event_type';
  tree: Readonly<Record<string, unknown>>;
}

/** The key of the tree's own label, and which of the two labels is its value. */
function labelOf(
  kind: Document['kind'],
  origin: EventOrigin,
): Pick<Document, 'labelKey'> & { isKind: boolean } {
  if (origin === 'event-publishing') return { labelKey: 'eventType', isKind: false };
  if (origin === 'legacy-notification') return { labelKey: 'notificationType', isKind: false };
  // An event from a Pinpoint record contains the record under `pinpoint`.
  return kind === 'Unknown'
    ? { labelKey: 'event_type', isKind: false }
    : { labelKey: 'eventType', isKind: true };
}

/** Converts an event to a document. */
function eventDocument(event: EmailEvent, origin: EventOrigin): Document {
  const { labelKey } = labelOf(event.eventType, origin);
  if (event.eventType === 'Unknown') {
    return { kind: 'Unknown', origin, recordType: event.recordType, labelKey, tree: event.record };
  }
  const kind = event.eventType;
  // Legacy events keep their notificationType, and Pinpoint events keep the whole record.
  const whole = event as typeof event & { pinpoint?: { event_type?: unknown } };
  if (origin === 'legacy-notification') {
    const { eventType: _, ...tree } = whole;
    return { kind, origin, recordType: kind, labelKey, tree };
  }
  const recordType = origin === 'pinpoint' ? String(whole.pinpoint?.event_type) : kind;
  return { kind, origin, recordType, labelKey, tree: { ...whole } };
}

/** Returns the record of a document, as parsed by JSON.parse. */
function documentRecord({ kind, origin, tree }: Document): unknown {
  return origin === 'pinpoint' && kind !== 'Unknown' ? tree.pinpoint : tree;
}

/** Returns the event of a document. */
function documentEvent({ kind, origin, recordType, tree }: Document): EmailEvent {
  if (kind === 'Unknown') return { eventType: 'Unknown', recordType, record: tree };
  // The tree is from an event of this kind. A legacy notification has no eventType.
  return (origin === 'legacy-notification' ? { ...tree, eventType: kind } : tree) as unknown as EmailEvent;
}

export { type Document, documentEvent, documentRecord, eventDocument, labelOf };
