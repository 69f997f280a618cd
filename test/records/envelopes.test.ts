import { parseRecord } from '../../consumer/records/parse-record';

const bounce =
  '{"eventType":"Bounce","mail":{"timestamp":"2026-03-04T05:06:07Z","messageId":"m"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[],"timestamp":"2026-03-04T05:06:08Z"}}';
const invalid = '{"eventType":"Bounce","mail":{"timestamp":"2026-03-04T05:06:07Z"}}';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const sns = (message: unknown) => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
  Message: message,
});
const eventBridge = (detail: unknown) => ({ source: 'aws.ses', 'detail-type': 'Email Bounced', detail });
const sqs = (body: string) => ({ messageId: 'm', receiptHandle: 'r', body });

const of = (record: string | object) =>
  parseRecord(record).map((outcome) =>
    outcome.outcome === 'event'
      ? [outcome.event.eventType, outcome.provenance.envelopes, outcome.provenance.index]
      : [outcome.reason, outcome.envelopes, outcome.index],
  );

describe('envelopes', () => {
  it.each<[string, string | object, unknown[]]>([
    ['none', bounce, [['Bounce', [], undefined]]],
    ['SNS', sns(`${bounce}\n`), [['Bounce', ['sns'], 0]]],
    ['SNS with an object instead of a text', sns(JSON.parse(bounce)), [['Bounce', ['sns'], 0]]],
    ['SQS', sqs(bounce), [['Bounce', ['sqs'], 0]]],
    ['SNS in SQS', sqs(JSON.stringify(sns(bounce))), [['Bounce', ['sqs', 'sns'], 0]]],
    [
      'SQS in the spelling of the SDK',
      { MessageId: 'm', ReceiptHandle: 'r', Body: bounce },
      [['Bounce', ['sqs'], 0]],
    ],
    ['EventBridge', eventBridge(JSON.parse(bounce)), [['Bounce', ['eventbridge'], 0]]],
    [
      'EventBridge in SQS',
      sqs(JSON.stringify(eventBridge(JSON.parse(bounce)))),
      [['Bounce', ['sqs', 'eventbridge'], 0]],
    ],
    [
      'a Firehose error',
      { attemptsMade: 4, rawData: base64(`${bounce}\n`), errorCode: 'x' },
      [['Bounce', ['firehose-error'], 0]],
    ],
    [
      'a Firehose error without a record',
      { attemptsMade: 4, rawData: '' },
      [['empty-record', ['firehose-error'], 0]],
    ],
    [
      'a Firehose error around several records',
      { attemptsMade: 4, rawData: base64(bounce + bounce) },
      [
        ['Bounce', ['firehose-error'], 0],
        ['Bounce', ['firehose-error'], 1],
      ],
    ],
    [
      'a Firehose error that is not base64',
      { attemptsMade: 4, rawData: '%' },
      [['invalid-envelope', ['firehose-error'], 0]],
    ],
    [
      'a batch of SNS',
      {
        Records: [
          { EventSource: 'aws:sns', Sns: sns(bounce) },
          { EventSource: 'aws:sns', Sns: sns('text') },
        ],
      },
      [
        ['Bounce', ['lambda', 'sns'], 0],
        ['not-json', ['lambda', 'sns'], 1],
      ],
    ],
    [
      'a batch of SQS with one broken message',
      { Records: [sqs(bounce), sqs('{"eventType":'), sqs(bounce)] },
      [
        ['Bounce', ['lambda', 'sqs'], 0],
        ['damaged-json', ['lambda', 'sqs'], 1],
        ['Bounce', ['lambda', 'sqs'], 2],
      ],
    ],
    [
      'a Firehose batch',
      { invocationId: 'i', records: [{ recordId: '1', data: base64(bounce) }, { recordId: '2' }] },
      [
        ['Bounce', ['firehose-batch'], 0],
        ['invalid-envelope', ['firehose-batch'], 1],
      ],
    ],
    [
      'an SNS confirmation',
      { Type: 'SubscriptionConfirmation', TopicArn: 'a' },
      [['set-up-message', [], undefined]],
    ],
    [
      'the text that SES publishes during setup',
      sns('Successfully validated SNS topic for Amazon SES event publishing.'),
      [['set-up-message', ['sns'], 0]],
    ],
    ['SNS without a message', { Type: 'Notification', TopicArn: 'a' }, [['invalid-envelope', ['sns'], 0]]],
    ['EventBridge without detail', eventBridge(null), [['invalid-envelope', ['eventbridge'], 0]]],
    [
      'an EventBridge event of SES that is not about an email',
      { source: 'aws.ses', 'detail-type': 'Sending Status Enabled', detail: {} },
      [['other-eventbridge-event', [], undefined]],
    ],
    [
      'an S3 notification',
      { Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'k' } } }] },
      [['notification-of-objects', ['lambda'], 0]],
    ],
    [
      'a list of other data',
      { Records: [1, null, { a: 1 }] },
      [
        ['not-json', ['lambda'], 0],
        ['not-json', ['lambda'], 1],
        ['not-an-email-event', ['lambda'], 2],
      ],
    ],
    ['another object', { foo: 1 }, [['not-an-email-event', [], undefined]]],
    [
      'an event of another service with the same label',
      { eventType: 'TEXT_DELIVERED', eventVersion: '1.0' },
      [['end-user-messaging', [], undefined]],
    ],
    ['a known kind without its mail block', { eventType: 'Bounce' }, [['invalid-event', [], undefined]]],
    ['nothing', ' \n', []],
  ])('opens %s', (_name, record, expected) => {
    expect(of(record)).toEqual(expected);
  });

  it('rejects endlessly nested envelopes', () => {
    let record: string = bounce;
    for (let i = 0; i < 9; i++) record = JSON.stringify(sqs(record));
    expect(of(record)).toEqual([['invalid-envelope', Array(9).fill('sqs'), 0]]);
  });

  it.each<[string, string | object, (string | number)[]]>([
    ['bare', invalid, ['mail', 'messageId']],
    ['SNS', sns(invalid), ['Message', 'mail', 'messageId']],
    [
      'a batch of SNS in SQS',
      { Records: [sqs(bounce), sqs(JSON.stringify(sns(invalid)))] },
      ['Records', 1, 'body', 'Message', 'mail', 'messageId'],
    ],
    ['EventBridge', eventBridge(JSON.parse(invalid)), ['detail', 'mail', 'messageId']],
    [
      'a Firehose batch',
      { invocationId: 'i', records: [{ recordId: '1', data: base64(invalid) }] },
      ['records', 0, 'data', 'mail', 'messageId'],
    ],
  ])('reports paths of issues from the passed value: %s', (_name, record, path) => {
    const rejects = parseRecord(record).filter((outcome) => outcome.outcome === 'reject');
    expect(rejects[0]?.issues[0]?.path).toEqual(path);
    expect(Buffer.from(rejects[0]?.raw ?? []).toString()).toBe(invalid);
  });

  it.each<[string, object, string[]]>([
    [
      'a Firehose batch',
      { invocationId: 'i', records: [{ recordId: '1', n: 1 }, 5, { recordId: '2', data: '%' }, 'x]"}'] },
      ['{"recordId":"1","n":1}', '5', '{"recordId":"2","data":"%"}', '"x]\\"}"'],
    ],
    ['a list of other data', { Records: [1, null, { a: 1 }] }, ['1', 'null', '{"a":1}']],
  ])('keeps only the bytes of an unreadable entry: %s', (_name, record, expected) => {
    const rejects = parseRecord(record).filter((outcome) => outcome.outcome === 'reject');
    expect(rejects.map(({ raw }) => Buffer.from(raw).toString())).toEqual(expected);
  });

  it('keeps the spelling of an entry', () => {
    const text = '{"Records":[ {"a" : 1E5,"a":2} ,{"b":"\\u0061"} ]}';
    const rejects = parseRecord(text).filter((outcome) => outcome.outcome === 'reject');
    expect(rejects.map(({ raw }) => Buffer.from(raw).toString())).toEqual([
      '{"a" : 1E5,"a":2}',
      '{"b":"\\u0061"}',
    ]);
  });

  it('rejects a batch in too many envelopes once, whatever its content', () => {
    let record = JSON.stringify({ invocationId: 'i', records: Array(100).fill({ data: base64(bounce) }) });
    for (let i = 0; i < 8; i++) record = JSON.stringify(sqs(record));
    expect(of(record)).toEqual([['invalid-envelope', [...Array(8).fill('sqs'), 'firehose-batch'], 0]]);
  });

  it('keeps rejects whose total size is proportional to the envelope', () => {
    const bytesOf = (entries: number) =>
      parseRecord({ invocationId: 'i', records: Array(entries).fill({}) }).reduce(
        (sum, outcome) => sum + (outcome.outcome === 'reject' ? outcome.raw.length : 0),
        0,
      );
    expect(bytesOf(2_000)).toBe(2 * bytesOf(1_000));
  });

  describe('the Firehose error of an undelivered record', () => {
    const errorsOf = (error: object, records: number) =>
      parseRecord({ ...error, rawData: base64(bounce.repeat(records)) }).map((outcome) =>
        outcome.outcome === 'event' ? outcome.provenance.firehoseError : undefined,
      );

    it('is part of each record', () => {
      const error = { attemptsMade: 4, errorCode: 'x', errorMessage: 'y'.repeat(200) };
      expect(errorsOf(error, 3)).toEqual([error, error, error]);
    });

    it('is complete in the first record when it is long, and cut in the others', () => {
      const error = { attemptsMade: 4, errorCode: 'x', errorMessage: 'y'.repeat(100_000), other: { a: 1 } };
      const [first, ...others] = errorsOf(error, 200);
      expect(first).toEqual(error);
      expect(new Set(others.map((other) => JSON.stringify(other)))).toEqual(
        new Set([
          JSON.stringify({
            attemptsMade: 4,
            errorCode: 'x',
            errorMessage: `${'y'.repeat(100)}… (cut; complete at the first record)`,
          }),
        ]),
      );
    });

    it('has a few kilobytes at most in every other record, whatever its fields', () => {
      const fields = Array.from({ length: 1_000 }, (_, field) => [
        `field${field}`.repeat(50),
        'y'.repeat(500),
      ]);
      const [, second] = errorsOf({ attemptsMade: 4, ...Object.fromEntries(fields) }, 2);
      expect(JSON.stringify(second).length).toBeLessThan(4_000);
    });
  });

  it('is not part of a message', () => {
    const rejects = parseRecord({
      eventType: 'Bounce',
      mail: { timestamp: 5, messageId: 'secret@example.com' },
    });
    expect(JSON.stringify(rejects.map((outcome) => 'message' in outcome && outcome.message))).not.toContain(
      'secret',
    );
  });
});
