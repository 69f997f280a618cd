import type { z } from 'zod';
import { eventSchemas, MailSchema, PinpointEmailSchema } from '../../consumer/events';
import { legacyNotificationSchemas } from '../../consumer/events/legacy-notification';
import { type FixtureKind, fixtureKinds, fixtures } from '../fixtures/load';
import { eventFolders, legacyFolders } from './event-folders';
import { type SchemaField, schemaFields, valuesByPath } from './schema-fields';

/** The folders of records that have a schema. */
const schemaOfFolder: readonly (readonly [FixtureKind, z.ZodType])[] = [
  ...eventFolders.map(([folder, kind]) => [folder, eventSchemas[kind]] as const),
  ...legacyFolders.map(([folder, kind]) => [folder, legacyNotificationSchemas[kind]] as const),
  ['pinpoint-email', PinpointEmailSchema],
];

function valuesIn(folder: FixtureKind): [path: string, value: unknown][] {
  return fixtures(folder).flatMap(([, record]) => valuesByPath(record, ''));
}

const allValues = schemaOfFolder.flatMap(([folder]) => valuesIn(folder));
const allFields = schemaOfFolder.flatMap(([, schema]) => schemaFields(schema, ''));

/** The paths of the fields that no value has. */
function missing(
  fields: readonly SchemaField[],
  values: readonly [path: string, value: unknown][],
): string[] {
  const paths = new Set(values.map(([path]) => path));
  return fields.map(({ path }) => path).filter((path) => !paths.has(path));
}

it.each(schemaOfFolder)(
  'the fixtures of %s have a value for every field of their block',
  (folder, schema) => {
    const fields = schemaFields(schema, '').filter(({ path }) => !path.startsWith('mail.'));
    expect(fields.length).toBeGreaterThan(2);
    expect(missing(fields, valuesIn(folder))).toEqual([]);
  },
);

it('the fixtures have a value for every field of the mail block', () => {
  const fields = schemaFields(MailSchema, 'mail');
  expect(fields.length).toBeGreaterThan(15);
  expect(missing(fields, allValues)).toEqual([]);
});

it.each([
  ['open', 'mail.sourceArn'],
  ['click', 'mail.sourceArn'],
  ['rendering-failure', 'mail.headers'],
  ['rendering-failure', 'mail.commonHeaders'],
  ['legacy-bounce', 'mail.tags'],
  ['legacy-complaint', 'mail.tags'],
  ['legacy-delivery', 'mail.tags'],
  ['send', 'mail.sourceIp'],
] as const)('the fixtures of %s never have %s, which AWS never writes', (folder, path) => {
  expect(valuesIn(folder).filter(([seen]) => seen === path)).toEqual([]);
});

/** Known values by the name of the field. They are the same in every place. */
const enumerations = new Map(
  allFields
    .filter(({ knownValues }) => knownValues.length > 0)
    .map(({ path, knownValues }) => [lastName(path), knownValues]),
);

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

it.each([...enumerations])('the fixtures have every known %s, and an unknown one', (name, knownValues) => {
  const seen = new Set(allValues.filter(([path]) => lastName(path) === name).map(([, value]) => value));
  expect(knownValues.filter((value) => !seen.has(value))).toEqual([]);
  expect([...seen].filter((value) => !knownValues.includes(value))).not.toEqual([]);
});

describe('every fixture', () => {
  const all = fixtureKinds.flatMap((kind) =>
    fixtures(kind).map(([name, , text]) => [kind, name, text] as const),
  );

  it('is JSON indented by two spaces with a newline at the end', () => {
    const others = all.filter(([, , text]) => text !== `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(others.map(([kind, name]) => `${kind}/${name}`)).toEqual([]);
  });

  /** The text of a fixture, followed by its base64 values as plain text. */
  const clear = all.map(([kind, name, text]) => {
    const packed = [...text.matchAll(/"(?:rawData|data)": "([^"]*)"/g)].map(([, base64 = '']) => base64);
    return [
      kind,
      name,
      [text, ...packed.map((base64) => Buffer.from(base64, 'base64').toString())].join('\n'),
    ] as const;
  });

  it.each([
    ['mail domain', /@([^\s@"'<>\\,;:]+\.[a-z]+)/gi, /(^|\.)example(\.(com|net|org))?$/i],
    [
      'IPv4 address',
      /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])/g,
      /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/,
    ],
    ['IPv6 address', /"([0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})"/gi, /^2001:db8:/i],
    ['account', /[:"](\d{12})(?=[:"\\])/g, /^111122223333$/],
    [
      'web address',
      /https?:\/\/([^/"\\?#]+)/g,
      /(^|\.)example(\.(com|net|org))?$|^sns\.[a-z0-9-]+\.amazonaws\.com$/,
    ],
  ])('contains only names reserved for examples: %s', (_name, found, reserved) => {
    const seen = clear.flatMap(([kind, name, text]) =>
      [...text.matchAll(found)].map(([, value = '']) => [`${kind}/${name}`, value] as const),
    );
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(([, value]) => !reserved.test(value))).toEqual([]);
  });
});
