import fc from 'fast-check';

/** A record of event publishing, small, with text that looks like framing inside its strings. */
const eventRecord: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    kind: fc.constantFrom('Send', 'Bounce', 'Open', 'Teleport'),
    subject: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '}{',
        '{"eventType":"Send","mail":{}}',
        '\\n',
        'a\nb',
        '"',
        '\\',
        '[{',
        'Bounce',
        '\u0000',
        '😀é',
      ),
    ),
    id: fc.string({ unit: fc.constantFrom('0', '7', 'a', 'f') }),
    extra: fc.jsonValue({ maxDepth: 3 }),
  })
  .map(({ kind, subject, id, extra }) => ({
    eventType: kind,
    mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId: id, commonHeaders: { subject } },
    ...(kind === 'Send' && { send: {} }),
    ...(kind === 'Open' && { open: { timestamp: '2026-03-04T05:06:07.890Z' } }),
    ...(kind === 'Bounce' && {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        timestamp: '2026-03-04T05:06:07Z',
        bouncedRecipients: [{ emailAddress: 'a@example.com' }],
      },
    }),
    extra,
  }));

/** Spellings of a record: on one line or over several. */
const spelledRecord: fc.Arbitrary<string> = fc
  .tuple(eventRecord, fc.constantFrom(undefined, 1, '\t'))
  .map(([record, indent]) => JSON.stringify(record, undefined, indent));

/** Separators between two records. */
const separator: fc.Arbitrary<string> = fc.constantFrom(
  '\n',
  '\r\n',
  '',
  '\n\n',
  '\\n',
  '\uFEFF',
  ',\n',
  ' ',
  ']\n[',
  '\t',
  '\n \n',
);

/** Bytes cut into chunks at random places. */
function chunked(bytes: Buffer): fc.Arbitrary<Buffer[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: 12 }).map((cuts) => {
    const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
    return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
  });
}

export { chunked, eventRecord, separator, spelledRecord };
