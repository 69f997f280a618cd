import { ArchiveFolder } from '../archive-folder';

const send = (id: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"},"send":{}}`;

const manyIssues = `{"eventType":"Bounce","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"b"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[${Array(300_000).fill('{}').join(',')}],"timestamp":"2026-03-04T05:06:07.890Z"}}`;

function firehoseBatch(entries: number): string {
  return JSON.stringify({ invocationId: 'i', records: Array(entries).fill('%') });
}

function firehoseError(records: number, messageLength: number): string {
  const rawData = Array.from({ length: records }, (_, index) => send(`e${index}`)).join('\n');
  return JSON.stringify({
    attemptsMade: 1,
    errorMessage: 'y'.repeat(messageLength),
    rawData: Buffer.from(rawData).toString('base64'),
  });
}

it.each<[what: string, record: string, newEvents: number, rejects: number]>([
  ['a record with 300,000 issues', manyIssues, 2, 1],
  ['a Firehose batch of 5,000 unreadable entries', firehoseBatch(5_000), 2, 5_000],
  ['a Firehose error of 100 KB around 500 records', firehoseError(500, 100_000), 502, 0],
])(
  '%s is hardly larger in the archive than in its object, and loses no neighbor',
  async (_, record, newEvents, rejects) => {
    const folder = new ArchiveFolder();
    folder.write('a.json', [send('before'), record, send('behind')].join('\n'));
    expect(await folder.ingest()).toMatchObject({ newEvents, read: { rejects }, unstorableObjects: [] });
    const [stored] = await folder.rows<{ bytes: bigint }>(`
    SELECT (
      (SELECT coalesce(sum(octet_length(raw) + strlen(message) + coalesce(strlen(issues), 0)), 0) FROM rejects)
      + (SELECT coalesce(sum(strlen(firehose_error)), 0) FROM occurrences)
    )::BIGINT AS bytes`);
    expect(Number(stored?.bytes)).toBeLessThan(2 * record.length + 100 * rejects);
  },
);
