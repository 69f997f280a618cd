import type { EmailEvent, EventOrigin } from '../../events';

/** A record as the archive stores it: a tree, and the labels that say how to read it. */
interface Document {
  /** The kind; `Unknown` for one that this version does not know. */
  kind: EmailEvent['eventType'];
  origin: EventOrigin;
  /** The record's own label. */
  recordType: string;
  /** The key at the tree's root whose value is implied by the labels. */
  labelKey: 'eventType' | 'notificationType' | 'event_type';
  tree: Readonly<Record<string, unknown>>;
}

/** Where the labels say what the tree's own label is: the key, and which of the two labels it holds. */
function labelOf(
  kind: Document['kind'],
  origin: EventOrigin,
): Pick<Document, 'labelKey'> & { isKind: boolean } {
  if (origin === 'event-publishing') return { labelKey: 'eventType', isKind: false };
  if (origin === 'legacy-notification') return { labelKey: 'notificationType', isKind: false };
  // A Pinpoint record that became an event stands in it under `pinpoint`.
  return kind === 'Unknown'
    ? { labelKey: 'event_type', isKind: false }
    : { labelKey: 'eventType', isKind: true };
}

/** An event as a document. */
function eventDocument(event: EmailEvent, origin: EventOrigin): Document {
  const { labelKey } = labelOf(event.eventType, origin);
  if (event.eventType === 'Unknown') {
    return { kind: 'Unknown', origin, recordType: event.recordType, labelKey, tree: event.record };
  }
  const kind = event.eventType;
  // Legacy events keep their notificationType, and Pinpoint events the whole record.
  const whole = event as typeof event & { pinpoint?: { event_type?: unknown } };
  if (origin === 'legacy-notification') {
    const { eventType: _, ...tree } = whole;
    return { kind, origin, recordType: kind, labelKey, tree };
  }
  const recordType = origin === 'pinpoint' ? String(whole.pinpoint?.event_type) : kind;
  return { kind, origin, recordType, labelKey, tree: { ...whole } };
}

/** The record that a document was made of, as JSON.parse gives it. */
function documentRecord({ kind, origin, tree }: Document): unknown {
  return origin === 'pinpoint' && kind !== 'Unknown' ? tree.pinpoint : tree;
}

/** The event that a document was made of. */
function documentEvent({ kind, origin, recordType, tree }: Document): EmailEvent {
  if (kind === 'Unknown') return { eventType: 'Unknown', recordType, record: tree };
  // The tree came from an event of this kind; a legacy notification is one without its eventType.
  return (origin === 'legacy-notification' ? { ...tree, eventType: kind } : tree) as unknown as EmailEvent;
}

export { type Document, documentEvent, documentRecord, eventDocument, labelOf };
