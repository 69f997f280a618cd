import { readFileSync } from 'node:fs';
import { byteCount, recordCount } from '../../../consumer/records/counts';
import { run } from '../../cli/run-command';
import { ArchiveFolder } from '../archive-folder';

/**
 * A Pinpoint label that is an address. A record whose label begins with a pseudonym is not an email event.
 */
const person = '_email.x@example.com';

const pinpoint = (id: string, attributes: object = {}) =>
  JSON.stringify({
    event_type: person,
    event_timestamp: 1_577_836_800_000,
    arrival_timestamp: 1_577_840_400_000,
    attributes,
    facets: {
      email_channel: {
        mail_event: {
          mail: {
            message_id: id,
            message_send_timestamp: 1_577_836_800_000,
            destination: [person],
            common_headers: { subject: 'Dear X' },
          },
        },
      },
    },
  });
const send = (id: string) =>
  JSON.stringify({
    eventType: 'Send',
    mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId: id, destination: [person] },
    send: {},
  });
const firehoseError = JSON.stringify({
  attemptsMade: 1,
  errorCode: 'x',
  errorMessage: `refused ${person}`,
  rawData: Buffer.from(pinpoint('p-2')).toString('base64'),
});

const first = [pinpoint('p-1'), send('m-1'), firehoseError].join('\n');
const second = [send('m-2'), pinpoint('p-1')].join('\n');

const forget = (folder: ArchiveFolder, ...more: string[]) =>
  run(['forget', person, '--archive', folder.archive, '--wait', '0', ...more]);

/** The rows of an archive, and whether the counts of the ledger match them. */
async function contents(folder: ArchiveFolder) {
  const rejects = await folder.rows(
    `SELECT parse_filename(object) AS object, byte_offset::INTEGER AS byte_offset, byte_length::INTEGER AS byte_length,
       record_index::INTEGER AS record_index, envelopes, firehose_error, reason, message, decode(raw) AS raw
     FROM rejects JOIN objects USING (object_number) ORDER BY object, byte_offset`,
  );
  const events = await folder.rows(
    `SELECT message_id, count(*)::INTEGER AS places FROM events JOIN event_occurrences USING (event_id)
     GROUP BY ALL ORDER BY message_id`,
  );
  const ledger = await folder.rows(
    `SELECT parse_filename(object) AS object, events::INTEGER AS events, rejects::INTEGER AS rejects,
       (SELECT count(*) FROM occurrences o WHERE o.object_number = objects.object_number)::INTEGER AS occurrences,
       (SELECT count(*) FROM rejects r WHERE r.object_number = objects.object_number)::INTEGER AS kept
     FROM objects ORDER BY object`,
  );
  return { rejects, events, ledger };
}

const rejectedEverywhere = {
  events: [
    { message_id: 'm-1', places: 1 },
    { message_id: 'm-2', places: 1 },
  ],
  ledger: [
    { object: 'a.json', events: 1, rejects: 2, occurrences: 1, kept: 2 },
    { object: 'b.json', events: 1, rejects: 1, occurrences: 1, kept: 1 },
  ],
};

describe('an event that is invalid without the person', () => {
  function filled(): ArchiveFolder {
    const folder = new ArchiveFolder();
    folder.write('a.json', first);
    folder.write('b.json', second);
    return folder;
  }

  it('becomes a reject at each occurrence, and the ledger still adds up', async () => {
    const folder = filled();
    expect(await folder.ingest()).toMatchObject({ newEvents: 4, duplicates: 1 });
    const before = await contents(folder);
    expect(before.rejects).toEqual([]);
    const dry = JSON.parse((await forget(folder, '--dry-run')).stdout);
    expect(await contents(folder)).toEqual(before);

    const { code, stdout, stderr } = await forget(folder);
    expect(code).toBe(0);
    expect(stderr).toContain('changed 2 events and 0 rejects, removed 0 events, rejected 2 events');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ eventsChanged: 2, eventsRemoved: 0, eventsRejected: 2 });
    expect(report).toEqual({ ...dry, isDryRun: false });
    expect(report.objects).toHaveLength(2);

    const { rejects, ...rest } = await contents(folder);
    expect(rest).toEqual(rejectedEverywhere);
    const expected = { reason: 'not-erasable', message: expect.stringContaining('not a valid event') };
    const withoutPerson = (id: string) =>
      pinpoint(id).replaceAll(person, report.pseudonym).replace('"Dear X"', 'null');
    expect(rejects).toEqual([
      expect.objectContaining({ ...expected, object: 'a.json', byte_offset: 0, raw: withoutPerson('p-1') }),
      expect.objectContaining({
        ...expected,
        object: 'a.json',
        record_index: 0,
        envelopes: ['firehose-error'],
        firehose_error: expect.stringContaining(`refused ${report.pseudonym}`),
        raw: withoutPerson('p-2'),
      }),
      expect.objectContaining({
        ...expected,
        object: 'b.json',
        byte_offset: send('m-2').length + 1,
        byte_length: pinpoint('p-1').length,
      }),
    ]);
    expect(readFileSync(folder.archive, 'latin1')).not.toMatch(/_email\.x|Dear X/);
  });

  it('is found by a second forget, which changes nothing more', async () => {
    const folder = filled();
    await folder.ingest();
    await forget(folder);
    const before = await contents(folder);
    expect(JSON.parse((await forget(folder)).stdout)).toMatchObject({
      eventsChanged: 0,
      eventsRejected: 0,
      rejectsChanged: 0,
      columns: {},
      objects: { length: 2 },
    });
    expect(await contents(folder)).toEqual(before);
  });

  it('is a reject in every later ingest, which ingests the rest', async () => {
    const folder = filled();
    await folder.ingest({ source: new ArchiveFolder().objects });
    await forget(folder);
    const counts = await folder.ingest();
    expect(counts).toMatchObject({ newEvents: 2, duplicates: 0, failed: [] });
    const { rejects, ...rest } = await contents(folder);
    expect(rest).toEqual(rejectedEverywhere);
    expect(rejects.map(({ reason }) => reason)).toEqual(Array(3).fill('not-erasable'));
    const bytes = { events: send('m-1').length + send('m-2').length, rejects: expect.any(Number) };
    expect(counts.read).toMatchObject({ events: 2, rejects: 3, bytes });
    expect(recordCount(counts.read)).toBe(5);
    expect(byteCount(counts.read)).toBe(first.length + second.length);
  });

  it('with --remove is removed instead', async () => {
    const folder = filled();
    await folder.ingest();
    const { stdout } = await forget(folder, '--remove');
    expect(JSON.parse(stdout)).toMatchObject({ eventsChanged: 0, eventsRemoved: 4, eventsRejected: 0 });
  });

  it('remains a reject after a replay, and its object is read again', async () => {
    const folder = filled();
    await folder.ingest();
    await forget(folder);
    const replay = await run(['rejects', '--replay', '--archive', folder.archive]);
    expect(replay).toMatchObject({ code: 3, stderr: expect.stringContaining('3') });
    await folder.ingest();
    expect(await contents(folder)).toMatchObject(rejectedEverywhere);
    const listed = await run(['rejects', '--reason', 'not-erasable', '--archive', folder.archive]);
    expect(listed.stdout.trim().split('\n')).toHaveLength(3);
  });
});
