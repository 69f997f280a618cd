import fc from 'fast-check';
import { eventSchemas, safeParseEvent } from '../../consumer/events';
import { findIssues, maxIssues } from '../../consumer/events/find-issues';
import { LegacyNotificationSchema } from '../../consumer/events/legacy-notification';
import { PinpointEmailSchema } from '../../consumer/events/pinpoint-email';
import { fixture, fixtureKinds, fixtures } from '../fixtures/load';
import { runs } from '../property-runs';
import { withValue } from './json-path';
import { mutated, mutation } from './mutations';

const schemas = [...Object.values(eventSchemas), LegacyNotificationSchema, PinpointEmailSchema];
const records = fixtureKinds.flatMap((kind) => fixtures(kind).map(([, record]) => record));

function zodIssues(schema: (typeof schemas)[number], record: unknown) {
  return schema.safeParse(record).error?.issues ?? [];
}

describe('findIssues', () => {
  it('returns the issues of zod for randomly changed fixtures', () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.array(mutation, { maxLength: 4 }), (record, mutations) => {
        const changed = mutated(record, mutations);
        for (const schema of schemas) {
          const expected = zodIssues(schema, changed);
          expect(findIssues(schema, changed)).toEqual({
            issues: expected.slice(0, maxIssues),
            more: Math.max(expected.length - maxIssues, 0),
          });
        }
      }),
    );
  });

  it('returns the paths of zod for invalid items in long lists and maps', () => {
    const bounce = fixture('bounce', 'permanent-general');
    const recipient = fc.constantFrom<unknown>({ emailAddress: 'a@example.com' }, {}, null, 'a@example.com');
    fc.assert(
      fc.property(
        fc.array(recipient, { minLength: 90, maxLength: 400 }),
        fc.dictionary(fc.string(), fc.constantFrom<unknown>(['a'], 'a', [1, 'a', 2]), { maxKeys: 150 }),
        (recipients, tags) => {
          const record = withValue(
            withValue(bounce, ['bounce', 'bouncedRecipients'], recipients),
            ['mail', 'tags'],
            tags,
          );
          const expected = zodIssues(eventSchemas.Bounce, record).map(({ path }) => path.join('.'));
          const { issues, more } = findIssues(eventSchemas.Bounce, record);
          const found = issues.map(({ path }) => path.join('.'));
          expect(found.every((path) => expected.includes(path))).toBe(true);
          expect(found).toHaveLength(Math.min(expected.length, maxIssues));
          expect(more > 0).toBe(expected.length > maxIssues);
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('cuts long keys in the paths', () => {
    const record = withValue(fixture('send', 'minimal'), ['mail', 'tags'], {
      ['k'.repeat(100_000)]: Array.from({ length: 20 }, () => 1),
    });
    expect(JSON.stringify(findIssues(eventSchemas.Send, record)).length).toBeLessThan(10_000);
  });

  it.each<[what: string, record: object, path: string]>([
    [
      'recipients without an address',
      withValue(
        fixture('bounce', 'permanent-general'),
        ['bounce', 'bouncedRecipients'],
        Array.from({ length: 200_000 }, () => ({})),
      ),
      'bounce.bouncedRecipients.0.emailAddress',
    ],
    [
      'values of a tag that are not texts',
      withValue(fixture('send', 'minimal'), ['mail', 'tags'], {
        t: Array.from({ length: 200_000 }, () => 1),
      }),
      'mail.tags.t.0',
    ],
    [
      'tags that are not lists',
      withValue(
        fixture('send', 'minimal'),
        ['mail', 'tags'],
        Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`t${index}`, 1])),
      ),
      'mail.tags.t0',
    ],
  ])('reports the first 20 of 200,000 issues, and a count: %s', (_, record, path) => {
    const result = safeParseEvent(record);
    if (result.success) throw new Error('it is invalid');
    const { issues, moreIssues, message } = result.error;
    expect(issues).toHaveLength(maxIssues);
    expect(issues[0]?.path.join('.')).toBe(path);
    expect(moreIssues).toBe(200_000 - maxIssues);
    expect(message).toMatch(/; and 199980 more$/);
    expect(message.length).toBeLessThan(3_000);
  });
});
