import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { eventId } from '../../consumer/records/event-id';
import { memberSpan } from '../../consumer/records/member-span';
import { parseRecord } from '../../consumer/records/parse-record';
import { eventRecord, spelledRecord } from './arbitrary';

describe('an event id', () => {
  it('is the first 128 bits of the SHA-256 of the record', () => {
    const record = '{"eventType":"Send"}';
    expect(eventId(record)).toBe(createHash('sha256').update(record).digest('hex').slice(0, 32));
    expect(eventId(record)).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([' ', '\t', '\r', '\n', '\r\n\t '])('does not depend on %j around the record', (blank) => {
    expect(eventId(`${blank}{"a":1}${blank}`)).toBe(eventId('{"a":1}'));
    expect(eventId(`{"a":${blank}1}`)).not.toBe(eventId('{"a":1}'));
  });

  it('ignores only those four characters', () => {
    for (const other of ['\u000b', '\f', '\u00a0', '\ufeff', '\u0000'])
      expect(eventId(`${other}x`)).not.toBe(eventId('x'));
  });

  it('is the same for text and bytes, and for empty input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => eventId(text) === eventId(Buffer.from(text))),
    );
    expect(eventId(' \n')).toBe(eventId(''));
  });

  it('is the same in every envelope that preserves the bytes', () => {
    fc.assert(
      fc.property(spelledRecord, (record) => {
        const envelopes = [
          record,
          JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:x', Message: `${record}\n` }),
          JSON.stringify({ messageId: 'm', receiptHandle: 'r', body: record }),
          `{"version":"0", "source":"aws.ses","detail-type":"Email Sent","detail" : ${record} ,"x":[]}`,
          JSON.stringify({ rawData: Buffer.from(`${record}\n`).toString('base64'), attemptsMade: 1 }),
        ];
        const ids = envelopes.flatMap((envelope) =>
          parseRecord(envelope).map((outcome) => outcome.outcome === 'event' && outcome.id),
        );
        expect(ids).toEqual(envelopes.map(() => eventId(record)));
      }),
    );
  });
});

describe('memberSpan', () => {
  it('finds the exact bytes of any member, in any spelling of the object', () => {
    fc.assert(
      fc.property(eventRecord, fc.constantFrom(undefined, 2), (record, indent) => {
        const bytes = Buffer.from(JSON.stringify(record, undefined, indent));
        for (const [key, value] of Object.entries(JSON.parse(bytes.toString()))) {
          expect(JSON.parse(memberSpan(bytes, key)?.toString() ?? '')).toEqual(value);
        }
        expect(memberSpan(bytes, 'no such key')).toBeUndefined();
      }),
    );
  });

  it('returns the last of several members with the same name, like JSON.parse, and reads escaped names', () => {
    expect(memberSpan(Buffer.from('{"a":1,"\\u0061":[2 ],"b":3}'), 'a')?.toString()).toBe('[2 ]');
  });
});
