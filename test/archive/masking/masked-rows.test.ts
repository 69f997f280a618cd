import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createTask } from '../../../consumer/archive/ingest/stage-task';
import { ObjectReader } from '../../../consumer/records/object-reader';
import { fixtures } from '../../fixtures/load';
import { runs } from '../../property-runs';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-masked-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The value in every query and fragment below, with the parts of its base64 at each place of three bytes. */
const secret = 'c0ffee5ec2e7a11';
const spellings = [0, 1, 2].map((before) => {
  const base64 = Buffer.from(`${'-'.repeat(before)}${secret}`).toString('base64');
  return base64.slice(before === 0 ? 0 : 4, 16);
});

/** Stages an object with masked links, and returns its rows. */
function stagedRows(bytes: Buffer): string {
  const task = createTask('object', { folder, maskLinks: true });
  const reader = new ObjectReader('object', {}, task.lineTaker);
  for (const batch of [reader.push(bytes), reader.end()]) for (const outcome of batch) task.outcome(outcome);
  const { events, occurrences, rejects } = task.result();
  return [events, occurrences, rejects]
    .map((file) => {
      if (file === undefined) return '';
      const rows = readFileSync(file.path, 'latin1');
      rmSync(file.path);
      return rows;
    })
    .join('');
}

const link = fc
  .tuple(
    fc.webUrl(),
    fc.constantFrom('?a=', '#', '?', '?q#'),
    fc.constantFrom('', '&b=1', '%3F', '"', '\\', 'é'),
  )
  .map(([url, start, end]) => `${url}${start}${secret}${end}`);

const click = fc
  .tuple(
    fc.constantFrom(...fixtures('click').map(([, record]) => record)),
    link,
    fc.dictionary(fc.string(), fc.jsonValue()),
  )
  .map(([record, clicked, more]) => {
    const { click: block, ...rest } = structuredClone(record) as { click: object };
    return JSON.stringify({ ...rest, click: { ...more, ...block, link: clicked } });
  });

const enclosed = fc.oneof(
  click,
  click.map((Message) =>
    JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message }),
  ),
  click.map((record) => JSON.stringify({ errorCode: 'x', rawData: Buffer.from(record).toString('base64') })),
);

/** A link, in JSON or in a string of JSON, in which the value is not in a query or fragment. */
const valueInPath = new RegExp(String.raw`link\\*"\s*:\s*\\*"[^?#"]*${secret}`);

/** Reports whether a damage removed the start of a query or fragment, so that the value belongs to the path. */
function hasValueInPath(object: string): boolean {
  const encoded = object.match(/[\w+/]{100,}/g) ?? [];
  const texts = [object, ...encoded.map((base64) => Buffer.from(base64, 'base64').toString())];
  return texts.some((text) => valueInPath.test(text));
}

/** An object of clicks with one damage: a part is missing, or bytes are inserted. */
const damaged = fc
  .record({
    records: fc.array(enclosed, { minLength: 1, maxLength: 3 }),
    at: fc.nat(),
    missing: fc.nat(400),
    inserted: fc.string({
      unit: fc.constantFrom('"', '\\', '{', '}', '\n', ',', ':', '?', 'x'),
      maxLength: 2,
    }),
  })
  .map(({ records, at, missing, inserted }) => {
    const text = records.join('\n');
    const place = at % text.length;
    return text.slice(0, place) + inserted + text.slice(place + missing);
  })
  .filter((object) => !hasValueInPath(object));

describe('rows with masked links', () => {
  it.each([
    ['complete', fc.array(enclosed, { minLength: 1, maxLength: 3 }).map((records) => records.join('\n'))],
    ['damaged', damaged],
  ])('contain no byte of a query or fragment of %s records', (_, objects) => {
    fc.assert(
      fc.property(objects, (object) => {
        const rows = stagedRows(Buffer.from(object));
        for (const spelling of [secret, ...spellings]) expect(rows).not.toContain(spelling);
      }),
      { numRuns: runs(1000) },
    );
  });
});
