// Only the compiler reads this file: `tsc --noEmit` fails when a line means something else.
import {
  type BounceEvent,
  type EmailEvent,
  type EventKind,
  isBounce,
  isUnknown,
  type KnownEvent,
  type LegacyNotification,
  type Mail,
  type PinpointEmail,
  parseEvent,
  safeParseEvent,
  type UnknownEvent,
} from '../../consumer/events';
import { type AnswerRows, ask } from '../../consumer/queries';
import { readEvents } from '../../consumer/sources/event-reader';
import { eventsFromTrigger } from '../../consumer/sources/trigger';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { expected: B; received: A };

/** Accepts only the type for two equal types. */
declare function same<Verdict extends true>(): Verdict;

function neverReached(event: never): never {
  throw new Error(`unexpected ${event}`);
}

/** An exhaustive switch over the kinds leaves `never`. */
export function everyKind(event: EmailEvent): unknown {
  switch (event.eventType) {
    case 'Send':
      return event.send;
    case 'Delivery':
      return event.delivery.recipients;
    case 'Reject':
      return event.reject.reason;
    case 'Rendering Failure':
      return event.failure.templateName;
    case 'Bounce':
      return event.bounce.bouncedRecipients[0]?.emailAddress;
    case 'Complaint':
      return event.complaint.complainedRecipients;
    case 'Open':
      return event.open.userAgent;
    case 'Click':
      return event.click.linkTags?.position?.[0];
    case 'DeliveryDelay':
      return event.deliveryDelay.delayedRecipients;
    case 'Subscription':
      return event.subscription.newTopicPreferences?.topicSubscriptionStatus?.[0]?.subscriptionStatus;
    case 'Unknown':
      return event.record;
    default:
      return neverReached(event);
  }
}

/** A switch without one of the kinds does not compile. */
export function forgottenKind(event: EmailEvent): unknown {
  switch (event.eventType) {
    case 'Send':
    case 'Delivery':
    case 'Reject':
    case 'Rendering Failure':
    case 'Complaint':
    case 'Open':
    case 'Click':
    case 'DeliveryDelay':
    case 'Subscription':
    case 'Unknown':
      return event;
    default:
      // @ts-expect-error: Bounce is left
      return neverReached(event);
  }
}

/** A block can be reached only after narrowing. */
export function beforeNarrowing(event: EmailEvent): unknown {
  // @ts-expect-error: not every event has a bounce block
  event.bounce;
  // @ts-expect-error: an unknown event has no mail block
  event.mail;
  return 'mail' in event ? event.mail.messageId : event.recordType;
}

/** A misspelt field does not compile, at any depth. */
export function misspelt(event: BounceEvent): void {
  // @ts-expect-error: misspelt block
  event.bouncee;
  // @ts-expect-error: misspelt field
  event.bounce.nope;
  // @ts-expect-error: misspelt field of a list's item
  event.bounce.bouncedRecipients[0]?.address;
  // @ts-expect-error: misspelt field of the message
  event.mail.messageID;
  // @ts-expect-error: misspelt header
  event.mail.commonHeaders?.reply;
  // @ts-expect-error: a list item may be missing
  event.bounce.bouncedRecipients[0].emailAddress;
}

/** A block that is always empty has no fields. */
export function emptyBlock(event: EmailEvent): void {
  if (event.eventType !== 'Send') return;
  // @ts-expect-error: the send block is empty
  event.send.nope;
}

/** A kind that does not exist cannot be compared with. */
export function wrongKind(event: EmailEvent): boolean {
  // @ts-expect-error: the API's spelling is not the record's
  return event.eventType === 'RENDERING_FAILURE';
}

/** Maps keep their index signature, and a missing key is undefined. */
export function tags(event: KnownEvent): string[] | undefined {
  const tag = event.mail.tags?.x;
  same<Same<typeof tag, string[] | undefined>>();
  return tag;
}

/** An open enumeration suggests its literals and accepts any text. */
export function openEnumeration(event: BounceEvent): void {
  type BounceType = BounceEvent['bounce']['bounceType'];
  const known: BounceType = 'Permanent';
  const later: BounceType = 'Deferred';
  const text: string = event.bounce.bounceType;
  // @ts-expect-error: a text all the same
  const number: BounceType = 5;
  // The literals are not absorbed: a plain string is not the same type.
  // @ts-expect-error: literals and any text, not only string
  same<Same<BounceType, string>>();
  same<Same<Extract<BounceType, 'Permanent'>, 'Permanent'>>();
  same<Same<Extract<BounceType, 'Deferred'>, never>>();
  consume(known, later, text, number);
}

/** The discriminators are literals. */
export function discriminators(): void {
  same<Same<BounceEvent['eventType'], 'Bounce'>>();
  same<Same<KnownEvent['eventType'], EventKind>>();
  same<Same<EmailEvent['eventType'], EventKind | 'Unknown'>>();
  same<Same<LegacyNotification['notificationType'], 'Bounce' | 'Complaint' | 'Delivery'>>();
}

/** Fields that AWS does not always write can be null or absent; other fields cannot. */
export function presence(mail: Mail, record: PinpointEmail): void {
  same<Same<Mail['messageId'], string>>();
  same<Same<Mail['sourceArn'], string | null | undefined>>();
  same<Same<PinpointEmail['arrival_timestamp'], number>>();
  // @ts-expect-error: may be absent
  const source: string = mail.source;
  // @ts-expect-error: milliseconds, not a text
  const time: string = record.event_timestamp;
  consume(source, time);
}

/** `filter` with a guard narrows the list. */
export function filtered(events: readonly EmailEvent[]): void {
  const bounces = events.filter(isBounce);
  same<Same<typeof bounces, BounceEvent[]>>();
  const others = events.filter(isUnknown);
  same<Same<typeof others, UnknownEvent[]>>();
}

/** An unknown event keeps the record, whose fields must be narrowed before use. */
export function unknownEvent(event: EmailEvent): void {
  if (event.eventType === 'Unknown') {
    same<Same<typeof event, UnknownEvent>>();
    same<Same<typeof event.recordType, string>>();
    const mail = event.record.mail;
    same<Same<typeof mail, unknown>>();
    // @ts-expect-error: the record is not to be changed
    event.record.mail = {};
    // @ts-expect-error: the message is in the record
    event.mail;
  } else {
    same<Same<typeof event, KnownEvent>>();
  }
}

/** The results of the returning form are narrowed by `success`. */
export function outcome(input: unknown): EmailEvent | undefined {
  const result = safeParseEvent(input);
  // @ts-expect-error: there may be none
  result.event;
  if (result.success) {
    same<Same<typeof result.origin, 'event-publishing' | 'legacy-notification' | 'pinpoint'>>();
    // @ts-expect-error: no error on success
    result.error;
    return result.event;
  }
  same<Same<typeof result.input, unknown>>();
  const path: PropertyKey[] | undefined = result.error.issues[0]?.path;
  consume(path);
  return undefined;
}

/** The throwing form returns the union. */
export function thrown(input: unknown): void {
  const event = parseEvent(input);
  same<Same<typeof event, EmailEvent>>();
}

/** Only the compiler reads these uses. */
declare function consume(...values: unknown[]): void;

/** `kinds` narrows the events of a source and of a trigger. */
export async function narrowedByKinds(input: unknown, kinds: EventKind[]): Promise<void> {
  for await (const { event } of readEvents('events', { kinds: ['Bounce'] })) {
    same<Same<typeof event, BounceEvent>>();
    consume(event.bounce.bouncedRecipients);
  }
  for await (const { event } of eventsFromTrigger(input, { kinds: ['Bounce', 'Complaint'] })) {
    same<Same<typeof event.eventType, 'Bounce' | 'Complaint'>>();
    // @ts-expect-error: a complaint has no bounce block
    event.bounce;
  }
  for await (const { event } of readEvents('events', { kinds })) same<Same<typeof event, KnownEvent>>();
  const perhaps = kinds.length > 0 ? kinds : undefined;
  for await (const { event } of readEvents('events', { kinds: perhaps, since: undefined, until: undefined }))
    same<Same<typeof event, EmailEvent>>();
  for await (const { event } of eventsFromTrigger(input, { kinds: perhaps }))
    same<Same<typeof event, EmailEvent>>();
  for await (const { event } of readEvents('events')) same<Same<typeof event, EmailEvent>>();
  // @ts-expect-error: not a kind
  readEvents('events', { kinds: ['Bonce'] });
}

/** A question has the columns of its answer and its parameters. */
export async function askedQuestions(): Promise<void> {
  const [health] = await ask('archive.duckdb', 'health', {
    since: new Date(),
    tag: { name: 'a', value: 'b' },
  }).all();
  same<Same<typeof health, AnswerRows['health'] | undefined>>();
  same<Same<AnswerRows['health']['bounce_rate'], number | null>>();
  same<Same<AnswerRows['health']['bounce_verdict'], 'ok' | 'review' | 'danger' | null>>();
  same<Same<AnswerRows['trend']['complaint_verdict'], 'ok' | 'review' | 'danger' | null>>();
  for await (const { complained_at } of ask('archive.duckdb', 'complaints', { limit: 10 }))
    consume(complained_at);
  // @ts-expect-error: not a question
  ask('archive.duckdb', 'helth');
  // @ts-expect-error: not a parameter of the question
  ask('archive.duckdb', 'health', { domain: 'example.com' });
  // @ts-expect-error: not a column of the answer
  health?.nope;
}
