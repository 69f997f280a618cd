import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ArchiveFolder } from '../../archive/archive-folder';
import { sendText } from '../records';
import { run, type Started, startCommand } from '../run-process';

const line = (messageId: string) => `${sendText(messageId)}\n`;
const started: Started[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts to follow the objects of a folder; returns the process and its standard error so far. */
function follow(folder: ArchiveFolder, ...more: string[]) {
  const args = ['ingest', folder.objects, '--follow', '--every', '1', '--archive', folder.archive, ...more];
  const child = startCommand(args);
  started.push(child);
  const output = { text: '' };
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    output.text += part;
  });
  return { child, output };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

describe('ingest SOURCE --follow', () => {
  it('ingests new objects at each listing, reports them once, and releases the archive to readers', async () => {
    const folder = new ArchiveFolder();
    const { child, output } = follow(folder);
    for (const id of ['m1', 'm2']) {
      folder.write(`${id}.json`, line(id));
      await until(() => output.text.split('\n').length > Number(id[1]));
      const database = await openDatabase(folder.archive, { readOnly: true });
      expect(await database.rows('SELECT message_id FROM events WHERE message_id = ?', [id])).toHaveLength(1);
      database.close();
    }
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
    const lines = output.text.split('\n');
    expect(lines.filter((text) => text.startsWith('ingested 1 record: 1 new event, '))).toHaveLength(2);
    expect(lines.filter((text) => text.includes('record'))).toHaveLength(2);
  });

  it('releases the archive to readers while one listing has many new objects', async () => {
    const folder = new ArchiveFolder();
    const objects = 400;
    for (let index = 0; index < objects; index++) folder.write(`${index}.json`, line(`m${index}`));
    const { child, output } = follow(folder, '--batch-objects', '1');
    const batches = () => output.text.match(/^ingested 1 record: 1 new event, /gm)?.length ?? 0;
    await until(() => batches() > 0);
    for (let round = 0; round < 2; round++) {
      const before = batches();
      const query = await run(['export', '--format', 'ndjson', '--archive', folder.archive]);
      expect(query.code).toBe(0);
      const events = query.stdout.trimEnd().split('\n').length;
      expect(events).toBeGreaterThanOrEqual(before);
      expect(events).toBeLessThan(objects);
    }
    await until(() => batches() > 3);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
    expect(batches()).toBeLessThan(objects);
    expect(await folder.rows('FROM events')).toHaveLength(batches());
  });

  it('waits for another process to release the archive, until Ctrl-C', async () => {
    const folder = new ArchiveFolder();
    folder.write('m1.json', line('m1'));
    const database = await openDatabase(folder.archive);
    const { child, output } = follow(folder);
    try {
      await until(() => output.text.includes(`waiting for process ${process.pid}, which is using `));
      child.kill('SIGINT');
      await once(child, 'close');
    } finally {
      database.close();
    }
    expect(child.exitCode).toBe(130);
    expect(output.text.match(/waiting for/g)).toHaveLength(1);
    expect(await folder.rows('SELECT * FROM objects')).toEqual([]);
  });

  it('continues when another process releases the archive', async () => {
    const folder = new ArchiveFolder();
    folder.write('m1.json', line('m1'));
    const database = await openDatabase(folder.archive);
    const { output } = follow(folder);
    await until(() => output.text.includes('waiting for process '));
    database.close();
    await until(() => output.text.includes('ingested 1 record: 1 new event'));
    expect(await folder.rows('SELECT message_id FROM events')).toEqual([{ message_id: 'm1' }]);
  });

  it('ends with an error when its source was removed', async () => {
    const folder = new ArchiveFolder();
    rmSync(folder.objects, { recursive: true });
    const { child, output } = follow(folder);
    await once(child, 'close');
    expect([child.exitCode, output.text]).toEqual([
      1,
      expect.stringMatching(/^error: no such file or folder: /),
    ]);
  });
});

describe('ingest rejects', () => {
  it.each([
    ['neither a source nor a queue', [], 'a source is required: a file,'],
    ['standard input', ['-'], 'standard input cannot be ingested, because '],
    ['standard input beside a file', ['a.json', '-'], 'save it to a file, and ingest the file'],
    [
      'a source and a queue',
      ['a.json', '--queue', 'https://example.org/q'],
      '--queue cannot be combined with the source a.json',
    ],
    [
      'a queue that is not a URL',
      ['--queue', 'ses-events-objects'],
      '--queue ses-events-objects is not the URL of a queue',
    ],
    ['a queue in S3', ['--queue', 's3://bucket/'], '--queue s3://bucket/ is not the URL of a queue'],
    [
      '--every without --follow',
      ['a.json', '--every', '5'],
      '--every requires --follow\ntry: ses-events ingest a.json --follow --every 5\n',
    ],
    [
      '--every with a queue',
      ['--queue', 'https://example.org/q', '--follow', '--every', '5'],
      '--every cannot be combined with --queue\ntry: ',
    ],
    [
      '0 seconds between listings',
      ['a.json', '--follow', '--every', '0'],
      'Expected a number of seconds, 1 or more.',
    ],
    [
      '--every that is not a number',
      ['a.json', '--follow', '--every', 'x'],
      'Expected a number of seconds, 1 or more.',
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(['ingest', ...args]);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
