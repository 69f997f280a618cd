import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Random } from '../../consumer/sample/seed/random';
import { ending } from '../archive/faults/faulty-archive';
import { address, envelopes, send } from '../archive/objects/person';
import { describeWithMoto } from '../queue/describe-with-moto';
import { compressions } from '../records/compressions';
import { type BucketFixture, type BucketVersion, useBucketFixture } from './bucket-fixture';

const others = ['a@o.example', 'b@o.example'];
const subject = 'A subject for one person';
const wraps = Object.values(envelopes);
const compressed = compressions.filter(([name]) => !/two members|with two entries|two zips/.test(name));

/** The text of an object, with the person's records among those of others. */
function text(index: number, person: string, of: string | null): string {
  const lines = Array.from({ length: 30 }, (_, line) => {
    const wrap = wraps[(index + line) % wraps.length] ?? String;
    const id = `${index}-${line}`;
    if (line % 7 === 3) return wrap(send(id, [...others, person], { source: `bounces+${id}@x.example` }));
    if (line % 7 === 5) return wrap(send(id, [person], { commonHeaders: { subject: of } }));
    return wrap(send(id, others, { n: 1.5, é: line }));
  });
  return lines.join(index % 3 === 0 ? '' : '\n');
}

const keyOf = (index: number) => `events/dt=2026-03-0${1 + (index % 5)}/${index}`;
const objects = 6;

/** Fills the bucket: each object has an older version, and one is deleted. */
async function fill(bucket: BucketFixture): Promise<void> {
  for (let index = 0; index < objects; index++) {
    const [, compress] = compressed[(index * 5) % compressed.length] ?? [];
    const content = Buffer.from(text(index, address, subject));
    await bucket.put(keyOf(index), gzipSync(Buffer.concat([content, Buffer.from('\n'), content])));
    await bucket.put(keyOf(index), compress?.(content) ?? content);
  }
  await bucket.put('events/deleted', Buffer.from(text(objects, address, subject)));
  await bucket.remove('events/deleted');
  await bucket.put('events/others', Buffer.from(text(1, 'c@o.example', subject)));
}

/** All texts in a text that are base64, decoded. */
function decoded(content: string): string[] {
  const found = content.match(/[A-Za-z0-9+/]{8,}={0,2}/g) ?? [];
  return found.map((run) => Buffer.from(run, 'base64').toString('latin1'));
}

/** Whether any byte is of the person: the address, or the subject of an email to the person alone. */
function holdsPerson({ key, content }: BucketVersion): boolean {
  const found = content?.toString('latin1') ?? '';
  const isOthers = key === 'events/others';
  return [found, ...decoded(found)].some(
    (part) => /ana(@|%40|\\u0040|=)example/i.test(part) || (!isOthers && part.includes(subject)),
  );
}

/** The current text of each object, by key. A deleted one has none. */
const currentTexts = (versions: readonly BucketVersion[]) =>
  new Map(
    versions.flatMap(({ key, isCurrent, content }) =>
      isCurrent && content !== undefined ? [[key, content.toString()]] : [],
    ),
  );

const changes = /^(?:PUT|DELETE) /;

/** Kills a run at its change with this number: before S3 has it, or after. Returns whether it was still running. */
async function killAt(
  bucket: BucketFixture,
  change: number,
  isAfter: boolean,
  more: string[],
): Promise<boolean> {
  const child = bucket.start(address, ...more);
  let seen = 0;
  bucket.proxy.watcher = async ({ name }) => {
    if (!changes.test(name) || ++seen < change) return undefined;
    if (isAfter) return { cutAt: 0 };
    child.kill('SIGKILL');
    await ending(child);
    return { status: 500, code: 'InternalError' };
  };
  if (isAfter) {
    // The proxy breaks the connection as soon as S3 has the change.
    const poll = setInterval(() => seen >= change && child.kill('SIGKILL'), 1);
    await ending(child);
    clearInterval(poll);
  }
  const ended = await ending(child);
  bucket.proxy.watcher = () => undefined;
  return ended === 'SIGKILL';
}

describeWithMoto('a killed forget --objects (kill -9)', (executables) => {
  const fixture = useBucketFixture(executables);

  const runs = [1, 2].flatMap((seed) => [
    [seed, 'without an archive'] as const,
    [seed, 'with an archive'] as const,
  ]);

  it.each(runs)('is completed by the next run (seed %i, %s)', async (seed, archive) => {
    const bucket = fixture();
    await fill(bucket);
    const random = new Random(seed, 0);
    const more = archive === 'with an archive' ? ['--archive', bucket.folder.archive] : [];
    if (more.length > 0) expect((await bucket.ingest()).code).toBe(0);
    const before = currentTexts(await bucket.versions());

    const kills: string[] = [];
    for (let round = 0; round < 6; round++) {
      const change = 1 + Math.floor(random.fraction() * 6);
      const isAfter = random.fraction() < 0.5;
      kills.push(`${isAfter ? 'after' : 'before'} change ${change}`);
      const wasKilled = await killAt(bucket, change, isAfter, more);
      const now = currentTexts(await bucket.versions());
      expect({ kills, keys: [...now.keys()] }).toEqual({ kills, keys: [...before.keys()] });
      // Each object is the old one or the new one, never a part.
      for (const [key, content] of now) {
        const lengths = [before.get(key)?.split('eventType').length, content.split('eventType').length];
        expect({ kills, key, records: lengths[1] }).toEqual({ kills, key, records: lengths[0] });
      }
      for (const line of readLines(bucket.manifest)) expect(() => JSON.parse(line)).not.toThrow();
      if (!wasKilled) break;
    }

    const { code, stdout, stderr } = await bucket.run(address, ...more);
    expect({ kills, code, stderr }).toMatchObject({ kills, code: 0 });
    const { pseudonym } = JSON.parse(stdout).objects;
    const versions = await bucket.versions();
    expect({ kills, holding: versions.filter(holdsPerson) }).toEqual({ kills, holding: [] });
    expect(versions.map(({ key }) => key)).toEqual([
      ...Array.from({ length: objects }, (_, index) => keyOf(index)).sort(),
      'events/others',
    ]);
    const left = currentTexts(versions);
    for (let index = 0; index < objects; index++)
      expect({ kills, text: left.get(keyOf(index)) }).toEqual({ kills, text: text(index, pseudonym, null) });
    expect(left.get('events/others')).toBe(before.get('events/others'));
    await expectOneRewriting(bucket);

    if (more.length > 0) {
      const again = await bucket.ingest();
      expect({ kills, stderr: again.stderr }).toEqual({
        kills,
        stderr: expect.stringMatching(new RegExp(` 0 new events, .* ${objects + 1} unchanged`)),
      });
    }
  });
});

/** The complete lines of a manifest; none before the first step. */
function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

/** Checks that the manifest has one rewriting of each object, whose new version is the current one. */
async function expectOneRewriting(bucket: BucketFixture): Promise<void> {
  const steps = readLines(bucket.manifest).map((line) => JSON.parse(line));
  const rewritten = steps.filter(({ step }) => step === 'rewritten');
  const current = (await bucket.versions()).filter(({ isCurrent }) => isCurrent);
  expect(
    rewritten.map(({ object, after }) => [object.slice('s3://archive/'.length), after.versionId]).sort(),
  ).toEqual(
    current.filter(({ key }) => key !== 'events/others').map(({ key, versionId }) => [key, versionId]),
  );
}
