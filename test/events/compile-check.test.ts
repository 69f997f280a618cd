import fc from 'fast-check';
import { z } from 'zod';
import { eventSchemas, KnownEventSchema, LegacyNotificationSchema, MailSchema } from '../../consumer/events';
import { compileCheck } from '../../consumer/events/compile-check';
import { legacyNotificationSchemas } from '../../consumer/events/legacy-notification';
import { fixture, fixtureKinds, fixtures } from '../fixtures/load';
import { runs } from '../property-runs';
import { withValue } from './json-path';
import { mutated, mutation } from './mutations';

const schemas: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ...Object.entries(eventSchemas),
  ...Object.entries(legacyNotificationSchemas).map(([type, schema]) => [`legacy ${type}`, schema] as const),
  ['KnownEventSchema', KnownEventSchema],
  ['LegacyNotificationSchema', LegacyNotificationSchema],
  ['MailSchema', MailSchema],
];

const compiled = schemas.map(([name, schema]) => ({ name, schema, check: compileCheck(schema) }));

/** The schemas for which zod and the compiled check disagree. */
function disagreements(value: unknown): string[] {
  return compiled
    .filter(({ schema, check }) => schema.safeParse(value).success !== check(value))
    .map(({ name }) => name);
}

/** The number of schemas that accept the value. */
function acceptances(value: unknown): number {
  return compiled.filter(({ check }) => check(value)).length;
}

/** Every fixture that a schema accepts, so that a change can make it invalid. */
const validRecords = fixtureKinds
  .flatMap((kind) => fixtures(kind).map(([, record]) => record))
  .filter((record) => acceptances(record) > 0);

describe('a compiled check', () => {
  it.each(fixtureKinds)('agrees with zod about every fixture of %s', (kind) => {
    const wrong = fixtures(kind).flatMap(([name, record]) =>
      disagreements(record).map((schema) => [name, schema]),
    );
    expect(wrong).toEqual([]);
  });

  it('agrees with zod about the mail block of every valid fixture', () => {
    expect(validRecords.flatMap((record) => disagreements(record.mail))).toEqual([]);
  });

  it('agrees with zod about any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(disagreements(value)).toEqual([]);
      }),
    );
  });

  it('agrees with zod about randomly changed fixtures, valid or not', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...validRecords),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (record, mutations) => {
          const value = mutated(record, mutations);
          expect(disagreements(value)).toEqual([]);
          seen[acceptances(value) > 0 ? 'valid' : 'invalid']++;
        },
      ),
      { numRuns: runs(3000) },
    );
    // The property is only meaningful when both results occur often.
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(runs(3000) / 10);
  });

  it.each([
    ['mail', 'tags', '__proto__'],
    ['click', 'linkTags', '__proto__'],
    ['click', 'linkTags', 'constructor'],
    ['click', 'linkTags', 'toString'],
    ['click', '__proto__'],
    ['click', 'constructor'],
  ])('agrees with zod about an inherited key: %s.%s.%s', (...names) => {
    const path = names.filter((name) => name !== undefined);
    for (const value of [5, null, {}, ['text'], 'text']) {
      const record: unknown = JSON.parse(JSON.stringify(withValue(fixture('click', 'full'), path, value)));
      expect(disagreements(record)).toEqual([]);
    }
  });

  it.each([
    ['an object', z.object({ a: z.string() })],
    ['a loose object', z.looseObject({ a: z.string() })],
    ['a required unknown', z.looseObject({ a: z.unknown() })],
    ['an optional unknown', z.looseObject({ a: z.unknown().optional() })],
    ['an optional field', z.looseObject({ a: z.string().optional() })],
    ['a nullable field', z.looseObject({ a: z.string().nullable() })],
    ['a nullish field', z.looseObject({ a: z.string().nullish() })],
    ['a number', z.looseObject({ a: z.number() })],
    ['a boolean', z.looseObject({ a: z.boolean() })],
    ['a literal', z.looseObject({ a: z.literal(['x', 1, null]) })],
    ['a union', z.looseObject({ a: z.union([z.string(), z.array(z.number())]) })],
    ['a record', z.looseObject({ a: z.record(z.string(), z.number()) })],
  ])('agrees with zod about %s', (_name, schema) => {
    const check = compileCheck(schema);
    const texts = ['{}', '{"a":null}', '{"a":"x"}', '{"a":1}', '{"a":1e999}', '{"a":true}', '{"a":{}}'];
    const more = [
      '{"a":[1]}',
      '{"a":["x"]}',
      '{"a":{"b":1}}',
      '{"a":{"b":"x"}}',
      '{"a":"x","b":1}',
      '[]',
      'null',
    ];
    for (const value of [...texts, ...more].map((text): unknown => JSON.parse(text))) {
      expect([value, check(value)]).toEqual([value, schema.safeParse(value).success]);
    }
  });
});

describe('a schema without a compiled form', () => {
  it.each<[string, z.ZodType]>([
    ['an enum', z.enum(['a'])],
    ['a default', z.string().default('a')],
    ['a transform', z.string().transform((text) => text.length)],
    ['a date', z.date()],
    ['a format', z.email()],
    ['an integer', z.int()],
    ['a length', z.string().min(1)],
    ['coercion', z.coerce.number()],
    ['a refined object', z.object({}).refine(() => false)],
    ['a strict object', z.strictObject({})],
    ['a typed rest', z.object({}).catchall(z.string())],
    ['a list with a length', z.array(z.string()).min(1)],
    ['a record with certain keys', z.record(z.enum(['a']), z.string())],
    ['a record with refined keys', z.record(z.string().min(2), z.string())],
    ['a refined union', z.union([z.string(), z.number()]).refine(() => false)],
    [
      'a refined optional',
      z
        .string()
        .optional()
        .refine(() => false),
    ],
  ])('is rejected when it is compiled, not when it checks a record: %s', (_name, schema) => {
    expect(() => compileCheck(schema)).toThrow(/has no compiled check$/);
    expect(() => compileCheck(z.looseObject({ list: z.array(schema) }))).toThrow(/has no compiled check$/);
  });
});
