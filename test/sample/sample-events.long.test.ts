import { type EventKind, eventKinds, type KnownEvent } from '../../consumer/events';
import { isKnownEvent } from '../../consumer/events/known-event';
import { sampleEvents } from '../../consumer/sample';
import { PendingQueue } from '../../consumer/sample/time/pending-queue';

const hour = 60 * 60 * 1000;

function eventsOf(events: number, seed = 1): KnownEvent[] {
  return [...sampleEvents({ events, seed })].map(({ event }) => event);
}

const archive = eventsOf(20_000);

function ofKind<Kind extends EventKind>(kind: Kind): Extract<KnownEvent, { eventType: Kind }>[] {
  // The comparison narrows the type only for a literal kind.
  return archive.filter((event) => event.eventType === kind) as Extract<KnownEvent, { eventType: Kind }>[];
}

describe('sampleEvents', () => {
  it('generates the same events for the same options', () => {
    expect(eventsOf(1_000)).toEqual(eventsOf(1_000));
  });

  it('generates different events for different seeds', () => {
    expect(eventsOf(10, 2)).not.toEqual(eventsOf(10, 1));
    expect(eventsOf(10, 1 + 2 ** 32)).not.toEqual(eventsOf(10, 1));
  });

  it.each([0, 1, 7, 80, 300, 2_000])('generates exactly %d events, all valid and all different', (count) => {
    const events = eventsOf(count);
    expect(events).toHaveLength(count);
    expect(events.every(isKnownEvent)).toBe(true);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(count);
  });

  it.each([0, 1, 2, 3, 4, 5])('includes all ten kinds in 300 events (seed %d)', (seed) => {
    expect(new Set(eventsOf(300, seed).map((event) => event.eventType))).toEqual(new Set(eventKinds));
  });

  it('yields events in the order of arrival, each later than its message', () => {
    let before = 0;
    for (const { event, arrival } of sampleEvents({ events: 5_000, seed: 3 })) {
      expect(arrival).toBeGreaterThanOrEqual(before);
      expect(arrival).toBeGreaterThan(Date.parse(event.mail.timestamp));
      before = arrival;
    }
  });

  it('begins on the day of the option start', () => {
    const start = new Date('2027-02-28T23:59:00Z');
    const [first] = sampleEvents({ events: 10, seed: 1, start });
    expect(first?.event.mail.timestamp).toMatch(/^2027-02-28T07:/);
  });

  it.each([
    [{ events: -1, seed: 1 }, 'events is -1'],
    [{ events: 1.5, seed: 1 }, 'events is 1.5'],
    [{ events: 1, seed: Number.NaN }, 'seed is NaN'],
    [{ events: 1, seed: 1, eventsPerObject: 0 }, 'eventsPerObject is 0'],
    [{ events: 1, seed: 1, days: 0 }, 'days is 0, expected an integer from 1 to 366'],
    [{ events: 1, seed: 1, days: 367 }, 'days is 367'],
    [{ events: 1, seed: 1, days: 1.5 }, 'days is 1.5'],
    [{ events: 1, seed: 1, start: new Date('no') }, 'start is not a valid date'],
  ])('throws a RangeError for %j', (options, message) => {
    expect(() => [...sampleEvents(options)]).toThrow(message);
  });

  it('has only a few thousand pending events at a time', () => {
    let [added, yielded, max] = [0, 0, 0];
    const { push } = PendingQueue.prototype;
    PendingQueue.prototype.push = function (due, value) {
      max = Math.max(max, ++added - yielded);
      push.call(this, due, value);
    };
    for (const _ of sampleEvents({ events: 250_000, seed: 1 })) yielded++;
    PendingQueue.prototype.push = push;
    expect([added, yielded]).toEqual([250_000, 250_000]);
    expect(max).toBeGreaterThan(100);
    expect(max).toBeLessThan(10_000);
  });
});

describe('the mix of events in a sample', () => {
  it.each<[EventKind, number]>([
    ['Send', 37.5],
    ['Delivery', 36.5],
    ['Open', 16.1],
    ['Click', 3.9],
    ['Bounce', 1.9],
    ['DeliveryDelay', 3.2],
    ['Complaint', 0.14],
    ['Rendering Failure', 0.3],
    ['Reject', 0.1],
    ['Subscription', 0.36],
  ])('has the share of %s events: about %d%%', (kind, percent) => {
    const share = (100 * ofKind(kind).length) / archive.length;
    expect(Math.abs(share - percent)).toBeLessThan(Math.max(percent * 0.05, 0.06));
  });

  it('includes every bounce type and subtype', () => {
    const labels = ofKind('Bounce').map(({ bounce }) => `${bounce.bounceType}/${bounce.bounceSubType}`);
    expect([...new Set(labels)].sort()).toEqual([
      'Permanent/EmailValidationSuppressed',
      'Permanent/General',
      'Permanent/NoEmail',
      'Permanent/OnAccountSuppressionList',
      'Permanent/Suppressed',
      'Permanent/UnsubscribedRecipient',
      'Transient/AttachmentRejected',
      'Transient/ContentRejected',
      'Transient/CustomTimeoutExceeded',
      'Transient/General',
      'Transient/MailboxFull',
      'Transient/MessageTooLarge',
      'Undetermined/Undetermined',
    ]);
  });

  it('includes bounces after delays and bounces after a delivery', () => {
    const messageIds = (events: readonly KnownEvent[]) => new Set(events.map(({ mail }) => mail.messageId));
    const delayed = messageIds(ofKind('DeliveryDelay'));
    const delivered = messageIds(ofKind('Delivery'));
    const bounced = ofKind('Bounce').filter(({ mail }) => mail.destination?.length === 1);
    const full = bounced.filter(({ bounce }) => bounce.bounceSubType === 'MailboxFull');
    expect(full.length).toBeGreaterThan(0);
    expect(full.every(({ mail }) => delayed.has(mail.messageId))).toBe(true);
    expect(bounced.some(({ mail }) => delivered.has(mail.messageId))).toBe(true);
  });

  it('includes out-of-office replies with an address only, and permanent codes labeled as transient', () => {
    const transient = ofKind('Bounce').filter(({ bounce }) => bounce.bounceType === 'Transient');
    const recipients = transient.flatMap(({ bounce }) => bounce.bouncedRecipients);
    expect(recipients.some((recipient) => Object.keys(recipient).join() === 'emailAddress')).toBe(true);
    expect(recipients.some(({ status }) => status?.startsWith('5.'))).toBe(true);
  });

  it('includes complaints with a report, without a report, and not-spam reports', () => {
    const complaints = ofKind('Complaint').map(({ complaint }) => complaint);
    expect(new Set(complaints.map(({ complaintFeedbackType }) => complaintFeedbackType))).toEqual(
      new Set(['abuse', 'not-spam', 'other', undefined]),
    );
    expect(new Set(complaints.map(({ complaintSubType }) => complaintSubType))).toEqual(
      new Set([null, 'OnAccountSuppressionList']),
    );
  });

  it('includes opens within seconds, half a day later and weeks later', () => {
    const delays = ofKind('Open').map(
      ({ mail, open }) => Date.parse(open.timestamp) - Date.parse(mail.timestamp),
    );
    for (const [min, max] of [
      [0, 15_000],
      [11 * hour, 13 * hour],
      [7 * 24 * hour, 21 * 24 * hour],
    ] as const) {
      expect(delays.some((delay) => delay > min && delay < max)).toBe(true);
    }
  });

  it('includes isBotEvent in opens and clicks since 2026-08-06, and not before', () => {
    for (const event of [...ofKind('Open'), ...ofKind('Click')]) {
      const block = event.eventType === 'Open' ? event.open : event.click;
      if (block.timestamp < '2026-08-06') expect(block).not.toHaveProperty('isBotEvent');
      else expect(block.isBotEvent).toMatch(/^(?:Likely|Unlikely)$/);
    }
    expect(new Set(ofKind('Open').map(({ open }) => open.isBotEvent)).size).toBe(3);
    expect(new Set(ofKind('Click').map(({ click }) => click.isBotEvent)).size).toBe(3);
  });

  it('includes opens and clicks of messages to several recipients', () => {
    const counts = (kind: EventKind) => new Set(ofKind(kind).map(({ mail }) => mail.destination?.length));
    expect(counts('Send')).toEqual(new Set([1, 2, 3, 5]));
    expect(counts('Open')).toEqual(new Set([1, 2, 3]));
    expect(counts('Click')).toEqual(new Set([1, 2, 3]));
    expect(ofKind('Delivery').every(({ delivery }) => delivery.recipients.length === 1)).toBe(true);
  });

  it('includes hostile text in subjects, SMTP responses, user agents and diagnostic codes', () => {
    const containsEscape = (text: string | null | undefined) => text?.includes('\u001b') === true;
    expect(archive.some(({ mail }) => mail.commonHeaders?.subject?.startsWith('=HYPERLINK('))).toBe(true);
    expect(archive.some(({ mail }) => containsEscape(mail.commonHeaders?.subject))).toBe(true);
    expect(ofKind('Delivery').some(({ delivery }) => containsEscape(delivery.smtpResponse))).toBe(true);
    expect(ofKind('Open').some(({ open }) => containsEscape(open.userAgent))).toBe(true);
    const codes = ofKind('Bounce').flatMap(({ bounce }) => bounce.bouncedRecipients);
    expect(codes.some(({ diagnosticCode }) => containsEscape(diagnosticCode))).toBe(true);
  });
});

describe('the fields of a sample', () => {
  it('omits the identity in opens and clicks, and sets their Message-ID to null', () => {
    for (const { mail } of [...ofKind('Open'), ...ofKind('Click')]) {
      expect(mail).not.toHaveProperty('sourceArn');
      for (const { name, value } of mail.headers ?? []) {
        if (name === 'Message-ID') expect(value).toBe('null');
      }
    }
  });

  it('omits the headers in rendering failures and delays', () => {
    for (const { mail } of [...ofKind('Rendering Failure'), ...ofKind('DeliveryDelay')]) {
      expect(mail).not.toHaveProperty('headers');
      expect(mail).not.toHaveProperty('commonHeaders');
      expect(Object.keys(mail.tags ?? {})).toEqual(['ses:configuration-set']);
    }
  });

  it('includes the outgoing IP address in deliveries only', () => {
    for (const { eventType, mail } of archive) {
      expect('ses:outgoing-ip' in (mail.tags ?? {})).toBe(eventType === 'Delivery');
    }
  });

  it('includes sends without a subject, sends without headers, and three configuration sets', () => {
    const mails = ofKind('Send').map(({ mail }) => mail);
    const operations = (matching: typeof mails) =>
      new Set(matching.map((mail) => mail.tags?.['ses:operation']?.[0]));
    expect(operations(mails.filter((mail) => mail.headers?.length === 0))).toEqual(new Set(['SendRawEmail']));
    expect(operations(mails.filter((mail) => mail.commonHeaders?.subject === undefined))).toEqual(
      new Set(['SendRawEmail', 'SendTemplatedEmail']),
    );
    expect(new Set(mails.map((mail) => mail.tags?.['ses:configuration-set']?.[0])).size).toBe(3);
  });

  it('includes links with tags and links with null as their tags', () => {
    const tags = ofKind('Click').map(({ click }) => click.linkTags);
    expect(tags).toContain(null);
    expect(tags.some((map) => map?.['product.group'] !== undefined)).toBe(true);
  });

  it('includes tag names with a colon, with a dot, and with a difference in case only', () => {
    const names = new Set(archive.flatMap(({ mail }) => Object.keys(mail.tags ?? {})));
    for (const name of ['team:owner', 'cost.center', 'campaign', 'Campaign']) expect(names).toContain(name);
  });

  it('includes records with unknown fields', () => {
    expect(archive.some((event) => 'insights' in event && 'spamScore' in event.mail)).toBe(true);
  });

  it('has an average record size of 1.5 to 2 KB', () => {
    const bytes = archive.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
    expect(bytes / archive.length).toBeGreaterThan(1_500);
    expect(bytes / archive.length).toBeLessThan(2_000);
  });
});
