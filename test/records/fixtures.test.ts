import { recordCount } from '../../consumer/records/counts';
import { parseRecord } from '../../consumer/records/parse-record';
import { fixtureKinds, fixtures } from '../fixtures/load';
import { readPlain } from './read-bytes';

/** The outcome of each record of a fixture: its kind, or the reason of its reject. */
function read(text: string): string[] {
  return parseRecord(text).map((outcome) =>
    outcome.outcome === 'event' ? outcome.event.eventType : outcome.reason,
  );
}

const all = fixtureKinds.flatMap((kind) =>
  fixtures(kind).map(([name, , text]): [string, string] => [`${kind}/${name}`, text]),
);
const textOf = new Map(all);

const expectations: [string, string[]][] = [
  ['sns-envelope/bounce-with-newline', ['Bounce']],
  ['sns-envelope/indented-message', ['Complaint']],
  ['sns-envelope/legacy-bounce-without-subject', ['Bounce']],
  ['sns-envelope/message-cut-off', ['damaged-json']],
  ['sns-envelope/message-invalid-event', ['invalid-event']],
  ['sns-envelope/subject-null-and-attributes', ['Open']],
  ['sqs-envelope/body-not-json', ['not-json']],
  ['sqs-envelope/eventbridge-inside', ['Delivery']],
  ['sqs-envelope/raw-event', ['Click']],
  ['sqs-envelope/received-by-the-api', ['Open']],
  ['sqs-envelope/sns-inside', ['Bounce']],
  ['lambda-batch/empty', ['empty-record']],
  ['lambda-batch/sns-second-of-three-broken', ['Send', 'damaged-json', 'Open']],
  ['lambda-batch/sqs-one-record', ['Subscription']],
  ['lambda-batch/sqs-second-of-three-broken', ['Bounce', 'invalid-event', 'Complaint']],
  ['firehose-error/processing-failed', ['Bounce']],
  ['firehose-error/format-conversion-failed', ['Click']],
  ['firehose-error/format-conversion-failed-on-blank-record', ['empty-record']],
  ['firehose-error/processing-failed-with-empty-raw-data', ['empty-record']],
  ['firehose-error/raw-data-not-json', ['not-json']],
  ['firehose-error/raw-data-with-two-events', ['Send', 'Delivery']],
  ['firehose-batch/from-kinesis', ['DeliveryDelay', 'Bounce', 'Subscription']],
  ['firehose-batch/second-of-three-broken', ['Send', 'invalid-event', 'Rendering Failure']],
  ['skipped/inbound-received', ['inbound-mail']],
  ['skipped/pinpoint-campaign-send', ['other-pinpoint-event']],
  ['skipped/pinpoint-sms-success', ['other-pinpoint-event']],
  ['skipped/s3-test-event', ['set-up-message']],
  ['skipped/sns-subscription-confirmation', ['set-up-message']],
  ['skipped/sns-validation-text', ['set-up-message']],
  ['skipped/eventbridge-sending-status', ['other-eventbridge-event']],
  ['skipped/text-delivered', ['end-user-messaging']],
];

describe('every fixture', () => {
  it.each<[string, string]>(all)(
    '%s has an outcome, alone and between two others, and every byte is counted',
    async (_name, text) => {
      const alone = read(text);
      expect(alone.length).toBeGreaterThan(0);
      const neighbor = textOf.get('send/minimal') ?? '';
      const { outcomes, counts } = await readPlain(Buffer.from(`${neighbor}\n${text}\n${neighbor}\n`));
      expect(recordCount(counts)).toBe(alone.length + 2);
      expect(outcomes[0]).toMatchObject({ outcome: 'event', event: { eventType: 'Send' } });
      expect(outcomes.at(-1)).toMatchObject({ outcome: 'event', event: { eventType: 'Send' } });
    },
  );

  it.each(expectations)('%s is read as %j', (name, expected) => {
    expect(read(textOf.get(name) ?? '')).toEqual(expected);
  });

  it.each(fixtures('eventbridge'))(
    'eventbridge/%s is read as the event in its detail',
    (_name, value, text) => {
      expect(read(text)).toEqual([(value as { detail: { eventType: string } }).detail.eventType]);
    },
  );
});
