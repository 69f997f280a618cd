import { once } from 'node:events';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ArchiveFolder } from '../archive/archive-folder';
import { faultsWithin } from '../archive/faults/archive-contents';
import { run, type Started, startCommand } from '../cli/run-process';
import { Companion } from '../local-aws/companion/companion';
import { bucket, streamName, useFirehoseFixture } from '../local-aws/companion/firehose/firehose-fixture';
import { describeWithMoto } from '../queue/describe-with-moto';
import { brokenEvery, Load } from './load';
import { putAll } from './producer';

const events = 200_000;

describeWithMoto('a stream of 200,000 events', (executables) => {
  const start = useFirehoseFixture(executables);
  const started: Started[] = [];
  const closing: Companion[] = [];
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await Promise.all(closing.splice(0).map((companion) => companion.close()));
  });

  it('is archived exactly once, despite duplicates, failed calls, broken records and a killed consumer', async () => {
    const load = new Load(events);
    let repeated = 0;
    let unprocessable = 0;
    const fixture = await start(
      {
        BufferingHints: { SizeInMBs: 4, IntervalInSeconds: 900 },
        CompressionFormat: 'GZIP',
        Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      },
      {
        faults: {
          refusesCall: (call) => call % 40 === 39,
          refusesRecord: (_, record) => record % 50 === 3,
          repeats: (bytes, record) => {
            if (record % 100 !== 7 || load.broken.has(bytes.toString().trim())) return false;
            repeated++;
            return true;
          },
          failsProcessing: (_, record) => {
            if (record % 20_000 !== 11) return false;
            unprocessable++;
            return true;
          },
        },
      },
    );
    const folder = new ArchiveFolder();
    let onObject: (() => void) | undefined;
    const companion = await Companion.start(fixture.companion.url, [
      async ({ method, path }) => {
        if (method === 'GET' && path.endsWith('.gz')) onObject?.();
        return undefined;
      },
    ]);
    closing.push(companion);
    const ingest = [
      ...['ingest', `s3://${bucket}/events/`, `s3://${bucket}/errors/`],
      ...['--endpoint', companion.url, '--archive', folder.archive],
    ];
    /** Follows the bucket. `archived` resolves after the first batch. */
    const follow = () => {
      const child = startCommand([...ingest, '--follow', '--every', '1', '--batch-objects', '4']);
      started.push(child);
      const archived = new Promise<void>((resolve) => {
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          if (/^ingested [\d,]+ records: [1-9]/m.test(text)) resolve();
        });
      });
      return { child, archived };
    };

    const producer = new FirehoseClient({
      ...{ endpoint: fixture.companion.url, region: 'us-east-1', maxAttempts: 5 },
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const putting = putAll(producer, streamName, load.records());
    const killed = follow();
    await killed.archived;
    // During the next batch, at the request for an object.
    onObject = () => killed.child.kill('SIGKILL');
    await once(killed.child, 'close');
    onObject = undefined;
    expect(killed.child.signalCode).toBe('SIGKILL');
    const following = follow();
    const counts = await putting;
    producer.destroy();
    await fixture.plane.flush();
    await following.archived;
    following.child.kill('SIGINT');
    await once(following.child, 'close');
    expect(following.child.exitCode).toBe(130);
    expect((await run(ingest)).code).toBe(3);
    expect((await run(ingest)).stderr).toMatch(/^ingested 0 records: /);

    expect(fixture.plane.waitingRecords).toBe(0);
    expect(load.goodIds.size).toBe(events);
    expect(load.broken.size).toBe(events / brokenEvery);
    expect(counts.records).toBe(events + load.broken.size);
    expect(counts.again).toBeGreaterThan(events / 60);
    expect([repeated > events / 110, unprocessable > 5]).toEqual([true, true]);

    const ids = await folder.rows<{ event_id: string }>('SELECT event_id FROM events');
    expect(ids).toHaveLength(events);
    expect(ids.every(({ event_id: id }) => load.goodIds.has(id))).toBe(true);
    const rejects = await folder.rows<{ raw: string }>('SELECT decode(raw) AS raw FROM rejects');
    expect(rejects.map(({ raw }) => raw.trim()).sort()).toEqual([...load.broken].sort());
    expect(await folder.rows('SELECT count(*) AS n FROM occurrences')).toEqual([
      { n: BigInt(events + repeated) },
    ]);
    expect(await faultsWithin(folder.archive)).toEqual([]);
    const { Contents = [] } = await fixture.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(await folder.rows('SELECT count(*) AS n FROM objects')).toEqual([{ n: BigInt(Contents.length) }]);
  });
});
