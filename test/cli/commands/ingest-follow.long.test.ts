import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveFolder } from '../../archive/archive-folder';
import { sendText } from '../records';
import { run, startCommand } from '../run-process';

/** Events of each object: a reader that finds another multiple has seen a part of an object. */
const eventsPerObject = 7;

/** Queries of each reader. */
const queries = 6;

/** Fills a folder with objects, until it is stopped. */
class Filling {
  objects = 0;
  private isStopped = false;
  private readonly filling: Promise<void>;

  constructor(private readonly folder: ArchiveFolder) {
    this.filling = this.fill();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.filling;
  }

  private async fill(): Promise<void> {
    while (!this.isStopped) {
      for (let count = 0; count < 5; count++) this.write();
      await sleep(50);
    }
  }

  /** Writes a whole object, as a delivery does. */
  private write(): void {
    const { folder } = this;
    const name = `${this.objects}.json`;
    const lines = Array.from({ length: eventsPerObject }, (_, event) => `${sendText(`${name} ${event}`)}\n`);
    renameSync(folder.write(join('..', name), lines.join('')), join(folder.objects, name));
    this.objects++;
  }
}

/** Counts the events repeatedly in separate processes; returns the counts, and the messages of failed ones. */
async function readRepeatedly(archive: string): Promise<{ counts: number[]; failures: string[] }> {
  const counts: number[] = [];
  const failures: string[] = [];
  const args = ['query', 'SELECT count(*) AS events FROM events', '--format', 'ndjson', '--archive', archive];
  for (let query = 0; query < queries; query++) {
    const { code, stdout, stderr } = await run(args);
    if (code === 0) counts.push(Number(JSON.parse(stdout).events));
    else failures.push(stderr);
  }
  return { counts, failures };
}

it.each([
  ['of any size', []],
  ['of one object each', ['--batch-objects', '1']],
])(
  'readers never fail beside a follower of a growing folder, and see whole batches %s',
  async (_, options) => {
    const folder = new ArchiveFolder();
    const filling = new Filling(folder);
    const args = ['ingest', folder.objects, '--follow', '--every', '1', '--archive', folder.archive];
    const follower = startCommand([...args, ...options]);
    try {
      await once(follower.stderr, 'data'); // the first batch
      const readers = await Promise.all([readRepeatedly(folder.archive), readRepeatedly(folder.archive)]);
      for (const { counts, failures } of readers) {
        expect(failures).toEqual([]);
        expect(counts).toEqual([...counts].sort((one, other) => one - other));
        expect(new Set(counts).size).toBeGreaterThan(1);
        for (const count of counts) expect(count % eventsPerObject).toBe(0);
      }
    } finally {
      await filling.stop();
      follower.kill('SIGINT');
      await once(follower, 'close');
    }
    expect(follower.exitCode).toBe(130);
    await folder.ingest();
    expect(
      await folder.rows(
        'SELECT count(*)::INTEGER AS events, count(DISTINCT event_id)::INTEGER AS ids FROM events',
      ),
    ).toEqual([{ events: filling.objects * eventsPerObject, ids: filling.objects * eventsPerObject }]);
  },
  // Each of the processes waits for the others.
  180_000,
);
