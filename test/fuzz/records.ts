import fc from 'fast-check';
import { sampleEvents } from '../../consumer/sample';
import { mutated, mutation } from '../events/mutations';
import { type FixtureRecord, fixtureKinds, fixtures } from '../fixtures/load';
import { eventRecord } from '../records/arbitrary';

/** Records of the fixtures, shortest first, because failures shrink towards the first. */
const fixtureRecords: readonly FixtureRecord[] = fixtureKinds
  .flatMap((kind) => fixtures(kind).map(([, record]) => record))
  .sort((one, other) => JSON.stringify(one).length - JSON.stringify(other).length);

const sampleRecords: readonly object[] = [...sampleEvents({ events: 200, seed: 1 })].map(
  ({ event }) => event,
);

/** Records of the fixtures that are events of known kinds without an envelope. */
const eventRecords: readonly FixtureRecord[] = fixtureKinds
  .slice(0, 10)
  .flatMap((kind) => fixtures(kind).map(([, record]) => record));

/** A record of any family, usually an email event. */
const anyRecord: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...fixtureRecords) },
  { weight: 3, arbitrary: fc.constantFrom(...sampleRecords) },
  { weight: 2, arbitrary: eventRecord },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...fixtureRecords), fc.array(mutation, { minLength: 1, maxLength: 3 }))
      .map(([record, changes]) => mutated(record, changes)),
  },
);

/** Functions that put the text of a record into an envelope, once or several times. */
const envelopes: readonly ((record: string) => string)[] = [
  (record) =>
    JSON.stringify({
      Type: 'Notification',
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:mail',
      Message: record,
    }),
  (record) => JSON.stringify({ messageId: 'q-1', receiptHandle: 'handle', body: record }),
  (record) => `{"source":"aws.ses","detail-type":"Email Sent","detail":${record}}`,
  (record) =>
    JSON.stringify({ attemptsMade: 1, errorCode: 'x', rawData: Buffer.from(record).toString('base64') }),
  (record) =>
    JSON.stringify({
      invocationId: 'i-1',
      records: [1, 2].map((part) => ({
        recordId: `${part}`,
        data: Buffer.from(record).toString('base64'),
      })),
    }),
  (record) =>
    JSON.stringify({
      Records: [{ messageId: 'q-1', receiptHandle: 'handle', body: record, eventSource: 'aws:sqs' }],
    }),
];

/** The text of a record of any family, sometimes in an envelope. */
const anyRecordText: fc.Arbitrary<string> = fc
  .tuple(
    anyRecord.map((record) => JSON.stringify(record)),
    fc.option(fc.constantFrom(...envelopes), { freq: 4 }),
  )
  .map(([text, envelope]) => envelope?.(text) ?? text);

/** The text of a record that is exactly one email event. */
const eventText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...[...eventRecords, ...sampleRecords].map((record) => JSON.stringify(record))),
  eventRecord.map((record) => JSON.stringify(record)),
);

export { anyRecordText, eventRecords, eventText };
