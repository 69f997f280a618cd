import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { packageFolder } from '../compiled-command';
import { csvRecords } from '../csv-records';
import { sendText } from '../records';
import { run, startCommand } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

beforeAll(() => ingest(`${packageFolder}/examples/sample-archive`, { archive, workers: 0 }));

const total = 2_003;

/** Waits until a stream without a reader receives no more data from its pipe. */
async function untilFull(stream: Readable): Promise<void> {
  await once(stream, 'readable');
  while (stream.readableLength < stream.readableHighWaterMark) await setTimeout(5);
}

describe('Ctrl-C', () => {
  it('ends an export into a pipe after a complete line', async () => {
    const child = startCommand(['export', '-a', archive, '-f', 'ndjson']);
    const stderr = text(child.stderr);
    await untilFull(child.stdout);
    child.kill('SIGINT');
    const [stdout] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(stdout.trimEnd().split('\n').length).toBeLessThan(total);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect([child.exitCode, await stderr]).toEqual([130, expect.stringMatching(/stopped\n$/)]);
  });

  it('leaves no incomplete file', async () => {
    const output = scratch.at('stopped.csv');
    const large = scratch.at('large.duckdb');
    const source = scratch.write(
      'large',
      `${Array.from({ length: 100_000 }, (_, i) => sendText(`n${i}`)).join('\n')}\n`,
    );
    await ingest(source, { archive: large, workers: 0 });
    const child = startCommand(['export', '-a', large, '-f', 'csv', '--output', output]);
    const stderr = text(child.stderr);
    while (!readdirSync(scratch.path).some((name) => name.startsWith('stopped.csv.'))) await setTimeout(5);
    child.kill('SIGINT');
    await once(child, 'close');
    expect([child.exitCode, await stderr]).toEqual([
      130,
      expect.stringContaining('stopped: no file was written'),
    ]);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(scratch.path).filter((name) => name.startsWith('stopped.csv'))).toEqual([]);
  });

  it('after the last byte of a file reports the complete file', async () => {
    const output = scratch.at('whole.csv');
    const hook = scratch.write(
      'interrupt-after-rename.js',
      `const files = require('node:fs/promises');
      const { rename } = files;
      files.rename = async (...paths) => {
        await rename(...paths);
        process.emit('SIGINT');
      };`,
    );
    const { code, stderr } = await run(['export', '-a', archive, '-f', 'csv', '--output', output], {
      env: { NODE_OPTIONS: `--require ${hook}` },
    });
    expect(csvRecords(readFileSync(output, 'utf8'))).toHaveLength(total + 1);
    expect([code, stderr]).toEqual([
      130,
      expect.stringMatching(/^\nstopping; .*\n2,003 events in .*whole\.csv\n$/),
    ]);
  });
});
