import { duckdb } from '../../consumer/archive/dialects/duckdb';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { AskedArchive, type Row, rowsOf } from './asked-archive';
import { smallObjects } from './small-archive';

const archive = new AskedArchive(smallObjects());
const at = (text: string) => new Date(`2026-03-${text}Z`);

/** The answer of each question over the small archive, computed by hand from its 26 events. */
const answers: Readonly<Record<string, readonly Row[]>> = {
  // Emails: ana, bo, cy, dan, eve, fay, ian. SES does not count the bounce of ian, who is on the suppression list of the account.
  health: [
    {
      sent: 7,
      delivered: 4,
      bounced: 1,
      bounce_rate: 1 / 7,
      bounce_verdict: 'danger',
      soft_bounced: 1,
      suppressed: 1,
      complained: 1,
      complaint_rate: 1 / 7,
      complaint_verdict: 'danger',
      delivered_messages: 4,
      open_rate: 2 / 4,
      human_open_rate: 2 / 4,
      click_rate: 1 / 4,
      human_click_rate: 1 / 4,
    },
  ],
  // By the week of sending: 2026-03-01 was a Sunday. Dan complained in the second week about a message of the first.
  trend: [
    {
      period: '2026-02-23',
      sent: 4,
      delivered: 3,
      bounced: 1,
      bounce_rate: 1 / 4,
      bounce_verdict: 'danger',
      complained: 1,
      complaint_rate: 1 / 4,
      complaint_verdict: 'danger',
    },
    {
      period: '2026-03-02',
      sent: 3,
      delivered: 1,
      bounced: 0,
      bounce_rate: 0,
      bounce_verdict: 'ok',
      complained: 0,
      complaint_rate: 0,
      complaint_verdict: 'ok',
    },
  ],
  daily: [
    day('2026-03-01', { sent: 4, delivered: 3, bounced: 1, delayed: 1, opens: 2, clicks: 2 }),
    day('2026-03-02', {}),
    day('2026-03-03', {
      sent: 3,
      delivered: 1,
      soft_bounced: 1,
      suppressed: 1,
      complained: 1,
      rejected: 1,
      not_rendered: 1,
      opens: 1,
    }),
  ],
  statuses: [
    { status: 'bounced', messages: 1, share: 1 / 8 },
    { status: 'clicked', messages: 1, share: 1 / 8 },
    { status: 'complained', messages: 1, share: 1 / 8 },
    { status: 'delivered', messages: 1, share: 1 / 8 },
    { status: 'not_rendered', messages: 1, share: 1 / 8 },
    { status: 'rejected', messages: 1, share: 1 / 8 },
    { status: 'sent', messages: 1, share: 1 / 8 },
    { status: 'suppressed', messages: 1, share: 1 / 8 },
  ],
  campaigns: [
    {
      tag: 'campaign',
      value: 'spring',
      messages: 2,
      sent: 3,
      delivered: 2,
      bounced: 1,
      complained: 0,
      delivered_messages: 2,
      opened: 2,
      human_opened: 2,
      clicked: 1,
      human_clicked: 1,
      bounce_rate: 1 / 3,
      complaint_rate: 0,
      human_open_rate: 1,
      human_click_rate: 1 / 2,
    },
  ],
  // Newest first. Dan complained, ian is on the suppression list.
  messages: [
    message('m8', '03T11:00:00', 'suppressed', 'ian@a.example', 'alerts', '03T11:00:01'),
    message('m7', '03T10:30:00', 'not_rendered', 'hal@a.example', 'alerts', '03T10:30:00'),
    message('m6', '03T10:00:00', 'rejected', 'gus@a.example', 'alerts', '03T10:00:00'),
    message('m5', '03T09:30:00', 'sent', 'fay@a.example', 'alerts', '03T09:30:00'),
    message('m4', '03T09:00:00', 'delivered', 'eve@b.example', 'alerts', '03T09:00:10'),
    message('m3', '01T12:00:00', 'complained', 'dan@b.example', 'alerts', '03T12:00:00'),
    message('m2', '01T11:00:00', 'bounced', 'bo@a.example', 'news', '03T13:00:00'),
    message('m1', '01T10:00:00', 'clicked', 'Ana <Ana@A.example>', 'news', '02T11:00:00'),
  ],
  // Newest first. Eve sent an out-of-office reply, and the first delivery to dan was delayed.
  emails: [
    email('m8', '03T11:00:00', 'ian@a.example', 'sent, suppressed', 'alerts'),
    email('m7', '03T10:30:00', 'hal@a.example', 'not_rendered', 'alerts'),
    email('m6', '03T10:00:00', 'gus@a.example', 'rejected', 'alerts'),
    email('m5', '03T09:30:00', 'fay@a.example', 'sent', 'alerts'),
    email('m4', '03T09:00:00', 'eve@b.example', 'sent, delivered, soft_bounced', 'alerts'),
    email('m3', '01T12:00:00', 'dan@b.example', 'sent, delivered, complained, delayed', 'alerts'),
    email('m2', '01T11:00:00', 'bo@a.example', 'sent, bounced', 'news'),
    email('m2', '01T11:00:00', 'cy@b.example', 'sent, delivered', 'news'),
    email('m1', '01T10:00:00', 'ana@a.example', 'sent, delivered', 'news'),
  ],
  // No domain of the small archive is one of a provider.
  providers: [
    {
      provider: 'other',
      domains: 2,
      sent: 7,
      delivered: 4,
      delivery_rate: 4 / 7,
      bounced: 1,
      bounce_rate: 1 / 7,
      soft_bounced: 1,
      complained: 1,
      complaint_rate: 1 / 7,
      delayed: 1,
    },
  ],
  tenants: [
    {
      tenant: null,
      sent: 7,
      delivered: 4,
      delivery_rate: 4 / 7,
      bounced: 1,
      bounce_rate: 1 / 7,
      suppressed: 1,
      complained: 1,
      complaint_rate: 1 / 7,
      rejected: 1,
      not_rendered: 1,
    },
  ],
  domains: [
    {
      domain: 'a.example',
      sent: 4,
      delivered: 1,
      delivery_rate: 1 / 4,
      bounced: 1,
      bounce_rate: 1 / 4,
      soft_bounced: 0,
      complained: 0,
      complaint_rate: 0,
      delayed: 0,
    },
    {
      domain: 'b.example',
      sent: 3,
      delivered: 3,
      delivery_rate: 1,
      bounced: 0,
      bounce_rate: 0,
      soft_bounced: 1,
      complained: 1,
      complaint_rate: 1 / 3,
      delayed: 1,
    },
  ],
  'configuration-sets': [
    {
      configuration_set: 'alerts',
      sent: 4,
      delivered: 2,
      delivery_rate: 1 / 2,
      bounced: 0,
      bounce_rate: 0,
      complained: 1,
      complaint_rate: 1 / 4,
      rejected: 1,
      not_rendered: 1,
    },
    {
      configuration_set: 'news',
      sent: 3,
      delivered: 2,
      delivery_rate: 2 / 3,
      bounced: 1,
      bounce_rate: 1 / 3,
      complained: 0,
      complaint_rate: 0,
      rejected: 0,
      not_rendered: 0,
    },
  ],
  senders: [
    {
      source: 's1@x.example',
      source_name: null,
      source_address: 's1@x.example',
      sent: 7,
      delivered: 4,
      bounced: 1,
      bounce_rate: 1 / 7,
      complained: 1,
      complaint_rate: 1 / 7,
    },
    {
      source: 's2@x.example',
      source_name: null,
      source_address: 's2@x.example',
      sent: 0,
      delivered: 0,
      bounced: 0,
      bounce_rate: null,
      complained: 0,
      complaint_rate: null,
    },
  ],
  bounces: [
    {
      bounce_class: 'no-such-address',
      bounce_type: 'Permanent',
      bounce_sub_type: 'NoEmail',
      domain: 'a.example',
      emails: 1,
      share: 1 / 3,
      example: 'smtp; 550 5.1.1 nobody',
    },
    {
      bounce_class: 'other',
      bounce_type: 'Transient',
      bounce_sub_type: 'General',
      domain: 'b.example',
      emails: 1,
      share: 1 / 3,
      example: null,
    },
    {
      bounce_class: 'suppressed',
      bounce_type: 'Permanent',
      bounce_sub_type: 'OnAccountSuppressionList',
      domain: 'a.example',
      emails: 1,
      share: 1 / 3,
      example: null,
    },
  ],
  // The legacy notification of the same complaint does not count.
  complaints: [
    {
      complained_at: at('03T12:00:00'),
      recipient: 'dan@b.example',
      feedback_type: 'abuse',
      complaint_sub_type: null,
      source: 's1@x.example',
      source_name: null,
      source_address: 's1@x.example',
      subject: 'subject of m3',
      configuration_set: 'alerts',
      message_id: 'm3',
      hours_after_sending: 48,
    },
    {
      complained_at: at('02T10:00:00'),
      recipient: 'Ana <Ana@A.example>',
      feedback_type: 'not-spam',
      complaint_sub_type: null,
      source: 's1@x.example',
      source_name: null,
      source_address: 's1@x.example',
      subject: 'subject of m1',
      configuration_set: 'news',
      message_id: 'm1',
      hours_after_sending: 24,
    },
  ],
  // Without the out-of-office reply, the suppressed address and the `not-spam` report.
  suppression: [
    {
      address: 'dan@b.example',
      reason: 'COMPLAINT',
      bounce_events: 0,
      complaint_events: 1,
      last_at: at('03T12:00:00'),
      example: null,
    },
    {
      address: 'bo@a.example',
      reason: 'BOUNCE',
      bounce_events: 1,
      complaint_events: 0,
      last_at: at('01T11:00:03'),
      example: 'smtp; 550 5.1.1 nobody',
    },
  ],
  delays: [
    {
      delay_type: 'MailboxFull',
      domain: 'b.example',
      delayed: 1,
      delay_events: 2,
      then_delivered: 1,
      then_failed: 0,
      waiting: 0,
      example: '452 4.2.2 full',
    },
  ],
  // b.example: 1 s, 5 s and three hours.
  'delivery-times': [
    { domain: 'b.example', deliveries: 3, p50: 5000, p95: 10_800_000, p99: 10_800_000, longest: 10_800_000 },
    { domain: 'a.example', deliveries: 1, p50: 2000, p95: 2000, p99: 2000, longest: 2000 },
  ],
  rejections: [
    {
      rejected_at: at('03T10:00:00'),
      reason: 'Bad content',
      source: 's2@x.example',
      source_name: null,
      source_address: 's2@x.example',
      recipient: 'gus@a.example',
      subject: 'subject of m6',
      message_id: 'm6',
    },
  ],
  'rendering-failures': [
    {
      template_name: 'welcome',
      error_message: 'no name',
      not_rendered: 1,
      first_at: at('03T10:30:00'),
      last_at: at('03T10:30:00'),
    },
  ],
  machines: [
    { event_type: 'Open', machine_reason: 'mail-privacy-protection', events: 1, share: 1 / 3, messages: 1 },
    { event_type: 'Open', machine_reason: null, events: 2, share: 2 / 3, messages: 2 },
    { event_type: 'Click', machine_reason: 'labelled-by-ses', events: 1, share: 1 / 2, messages: 1 },
    { event_type: 'Click', machine_reason: null, events: 1, share: 1 / 2, messages: 1 },
  ],
  links: [
    {
      link: 'https://l.example/p',
      variants: 2,
      clicks: 2,
      human_clicks: 1,
      messages: 1,
      first_clicked_at: at('01T10:01:30'),
      last_clicked_at: at('01T10:01:31'),
    },
  ],
  subscriptions: [
    {
      contact_list: 'readers',
      subscription_source: 'UnsubscribeHeader',
      changes: 1,
      messages: 1,
      last_at: at('02T11:00:00'),
    },
  ],
  kinds: [
    kind('Send', 6, 6, '01T10:00:00', '03T11:00:00'),
    kind('Delivery', 4, 4, '01T10:00:02', '03T09:00:01'),
    kind('Bounce', 3, 3, '01T11:00:03', '03T11:00:01'),
    kind('Open', 3, 2, '01T10:00:03', '03T13:00:00'),
    kind('Click', 2, 1, '01T10:01:30', '01T10:01:31'),
    kind('Complaint', 2, 2, '02T10:00:00', '03T12:00:00'),
    kind('DeliveryDelay', 2, 1, '01T13:00:00', '01T14:00:00'),
    kind('Reject', 1, 1, '03T10:00:00', '03T10:00:00'),
    kind('Rendering Failure', 1, 1, '03T10:30:00', '03T10:30:00'),
    kind('Subscription', 1, 1, '02T11:00:00', '02T11:00:00'),
  ],
  // The newest event is 3.5 hours younger than the message without later events.
  missing: [
    { day: '2026-03-03', messages: 5, silent: 1, silent_share: 1 / 5, silent_for_a_day: 0, without_send: 0 },
    { day: '2026-03-01', messages: 3, silent: 0, silent_share: 0, silent_for_a_day: 0, without_send: 0 },
  ],
  gaps: [
    { gap_from: at('03T12:00:00'), gap_to: at('04T02:00:00'), hours: 14, objects: 1 },
    { gap_from: at('04T02:00:00'), gap_to: null, hours: 0, objects: 1 },
  ],
  'late-events': [
    late('Bounce', 3, '03T11:00:01', '03T09:00:10', '01T11:00:03', 1),
    late('Click', 2, '01T10:01:31', '01T10:01:31', '01T10:01:30', 2),
  ],
};

function message(
  id: string,
  sent: string,
  status: string,
  to: string,
  configuration_set: string,
  last: string,
): Row {
  const source = id === 'm6' ? 's2@x.example' : 's1@x.example';
  return {
    sent_at: at(sent),
    status,
    first_recipient: to,
    recipients: id === 'm2' ? 2 : 1,
    subject: `subject of ${id}`,
    source,
    source_name: null,
    source_address: source,
    configuration_set,
    message_id: id,
    last_event_at: at(last),
  };
}

function email(id: string, sent: string, address: string, outcomes: string, configuration_set: string): Row {
  return { sent_at: at(sent), address, outcomes, configuration_set, message_id: id };
}

function day(date: string, counts: Record<string, number>): Row {
  const none = {
    sent: 0,
    delivered: 0,
    bounced: 0,
    soft_bounced: 0,
    suppressed: 0,
    complained: 0,
    delayed: 0,
    rejected: 0,
    not_rendered: 0,
    opens: 0,
    clicks: 0,
  };
  return { day: date, ...none, ...counts };
}

function kind(event_type: string, events: number, messages: number, first: string, last: string): Row {
  return { event_type, events, messages, first_at: at(first), last_at: at(last) };
}

/** Latencies of events that arrived on day 3 at noon, from the times of the last, the middle and the first event. */
function late(
  event_type: string,
  events: number,
  _: string,
  middle: string,
  first: string,
  next_day: number,
): Row {
  const since = (time: string) => at('03T12:00:00').getTime() - at(time).getTime();
  return {
    event_type,
    events,
    median: since(middle),
    p99: since(first),
    latest: since(first),
    next_day,
    found_again: 0,
  };
}

describe('over a small archive', () => {
  it.each(Object.entries(answers))('%s has the answer that was computed by hand', async (name, expected) => {
    const question = questions().find((candidate) => candidate.name === name);
    if (question === undefined) throw new Error(`there is no question ${name}`);
    const rows = await archive.ask((engine) => rowsOf(engine, questionSql(question, {}, duckdb)));
    // The latency of two kinds is sufficient.
    const compared =
      name === 'late-events'
        ? rows.filter(({ event_type }) => ['Bounce', 'Click'].includes(String(event_type)))
        : rows;
    expect(compared).toEqual(expected);
  });

  it('every question has an expected answer', () => {
    expect(Object.keys(answers).sort()).toEqual(questions().map(({ name }) => name));
  });

  it('an event that was delivered twice has two occurrences and counts once', async () => {
    const rows = await archive.rows('SELECT * FROM arrivals WHERE occurrences > 1');
    expect(rows).toMatchObject([{ event_type: 'Send', message_id: 'm1', delivered_at: at('03T12:00:00') }]);
    expect(await archive.rows("FROM events WHERE message_id = 'm1' AND event_type = 'Send'")).toHaveLength(1);
  });
});
