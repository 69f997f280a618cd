import fc from 'fast-check';
import { sampleEvents } from '../../consumer/sample';
import { mutated, mutation } from '../events/mutations';
import { type FixtureRecord, fixtureKinds, fixtures } from '../fixtures/load';
import { eventRecord } from '../records/arbitrary';

/** Records written for the tests, the shortest first: that is what a failure shrinks to. */
const fixtureRecords: readonly FixtureRecord[] = fixtureKinds
  .flatMap((kind) => fixtures(kind).map(([, record]) => record))
  .sort((one, other) => JSON.stringify(one).length - JSON.stringify(other).length);

const sampleRecords: readonly object[] = [...sampleEvents({ events: 200, seed: 1 })].map(
  ({ event }) => event,
);

/** Those of them that are events of the known kinds, by themselves. */
const eventRecords: readonly FixtureRecord[] = fixtureKinds
  .slice(0, 10)
  .flatMap((kind) => fixtures(kind).map(([, record]) => record));

/** A record of any family, most of them email events: as a value. */
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

/** How envelopes hold the text of a record, or of several. */
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

/** The text of a record that is one email event. */
const eventText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...[...eventRecords, ...sampleRecords].map((record) => JSON.stringify(record))),
  eventRecord.map((record) => JSON.stringify(record)),
);

export { anyRecordText, eventRecords, eventText };
