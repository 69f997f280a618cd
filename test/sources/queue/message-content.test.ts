import { messageContent } from '../../../consumer/sources/queue/message-content';
import { sendText } from '../../cli/records';

const record = (key: unknown, more: object = {}) => ({
  eventSource: 'aws:s3',
  eventName: 'ObjectCreated:Put',
  s3: { bucket: { name: 'bucket' }, object: { key } },
  ...more,
});
const fromEventBridge = (key: string, detailType = 'Object Created') => ({
  source: 'aws.s3',
  'detail-type': detailType,
  detail: { bucket: { name: 'bucket' }, object: { key } },
});
const inSns = (message: unknown) => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:topic',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
});
const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'bucket' };

const bodyOf = (message: unknown) => (typeof message === 'string' ? message : JSON.stringify(message));

describe('a queue message contains', () => {
  it.each<[what: string, message: unknown, keys: string[]]>([
    ['the object of a notification', { Records: [record('a.json')] }, ['a.json']],
    ['the objects of several records', { Records: [record('a'), record('b')] }, ['a', 'b']],
    ['a repeated object once', { Records: [record('a'), record('a')] }, ['a']],
    ['a key with a space', { Records: [record('a+b')] }, ['a b']],
    ['a key with a plus sign', { Records: [record('a%2Bb')] }, ['a+b']],
    ['a key of several folders', { Records: [record('dt%3D2026-03-04%2Fa')] }, ['dt=2026-03-04/a']],
    ['a non-Latin key', { Records: [record('%E6%97%A5')] }, ['日']],
    ['a key that is not encoded', { Records: [record('100%')] }, ['100%']],
    ['a key that looks like a prototype', { Records: [record('__proto__')] }, ['__proto__']],
    ['a copy', { Records: [record('a', { eventName: 'ObjectCreated:Copy' })] }, ['a']],
    ['an event with its prefix', { Records: [record('a', { eventName: 's3:ObjectCreated:Post' })] }, ['a']],
    [
      'a created object beside a removed one',
      { Records: [record('a', { eventName: 'ObjectRemoved:Delete' }), record('b')] },
      ['b'],
    ],
    ['the object of EventBridge, not encoded', fromEventBridge('a+b%20c'), ['a+b%20c']],
    ['an S3 notification in SNS', inSns({ Records: [record('a+b')] }), ['a b']],
    ['an EventBridge event in SNS', inSns(fromEventBridge('a+b')), ['a+b']],
    ['nothing: a test message', test, []],
    ['nothing: a test message in SNS', inSns(test), []],
    [
      'nothing: a deletion',
      { Records: [record('a', { eventName: 'ObjectRemoved:DeleteMarkerCreated' })] },
      [],
    ],
    [
      'nothing: a lifecycle expiry',
      { Records: [record('a', { eventName: 'LifecycleExpiration:Delete' })] },
      [],
    ],
    ['nothing: a deletion of EventBridge', fromEventBridge('a', 'Object Deleted'), []],
    ['nothing: no records', { Records: [] }, []],
  ])('%s', (_, message, keys) => {
    expect(messageContent(bodyOf(message))).toEqual({
      objects: keys.map((key) => ({ bucket: 'bucket', key })),
    });
  });
});

describe('a queue message is rejected when it is', () => {
  it.each<[what: string, message: unknown, reason: string]>([
    ['empty', '', 'not-json'],
    ['text', 'hello', 'not-json'],
    ['truncated', '{"Records":[', 'not-json'],
    ['null', 'null', 'not-an-email-event'],
    ['a number', '7', 'not-an-email-event'],
    ['a list', [record('a')], 'not-an-email-event'],
    ['another object', { hello: 'world' }, 'not-an-email-event'],
    ['an email event', sendText('m1'), 'not-an-email-event'],
    ['an email event in SNS', inSns(sendText('m1')), 'not-an-email-event'],
    ['text in SNS', inSns('hello'), 'not-an-email-event'],
    ['another event of EventBridge', { ...fromEventBridge('a'), source: 'aws.ec2' }, 'not-an-email-event'],
    ['records of another service', { Records: [{ eventSource: 'aws:sqs' }] }, 'not-an-email-event'],
    ['a record that is not an object', { Records: [7] }, 'not-an-email-event'],
    ['a record without a key', { Records: [record(undefined)] }, 'not-an-email-event'],
    ['a record with an empty key', { Records: [record('')] }, 'not-an-email-event'],
    ['a record with NUL in its key', { Records: [record('a%00b')] }, 'not-an-email-event'],
    ['a key with half an encoded character', fromEventBridge('a\ud800'), 'not-an-email-event'],
    ['a record with a key that is not a text', { Records: [record({})] }, 'not-an-email-event'],
    ...['', '..', 'a/b', 'bucket?x', 'bücket', 'arn:aws:s3:::bucket', `a${'b'.repeat(255)}`].map(
      (name): [string, unknown, string] => [
        `a record whose bucket is ${JSON.stringify(name)}`,
        { Records: [record('a', { s3: { bucket: { name }, object: { key: 'a' } } })] },
        'not-an-email-event',
      ],
    ),
  ])('%s', (_, message, reason) => {
    expect(messageContent(bodyOf(message))).toEqual({
      objects: [],
      fault: { reason, message: expect.stringMatching(/^[a-z0-9A-Z ]+$/) },
    });
  });

  it('in one record, and contains the objects of the others', () => {
    const bad = record('b', { s3: { bucket: { name: 'a/b' }, object: { key: 'b' } } });
    expect(messageContent(JSON.stringify({ Records: [record('a'), bad] }))).toMatchObject({
      objects: [{ bucket: 'bucket', key: 'a' }],
      fault: { reason: 'not-an-email-event' },
    });
    expect(messageContent(JSON.stringify({ Records: [record('a'), 7] }))).toMatchObject({
      objects: [{ bucket: 'bucket', key: 'a' }],
      fault: { reason: 'not-an-email-event' },
    });
  });
});
