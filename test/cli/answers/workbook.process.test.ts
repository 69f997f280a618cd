import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sendText } from '../records';
import { startCommand } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

beforeAll(() => ingest(scratch.write('a', sendText('a')), { archive, workers: 0 }));

const files = () => readdirSync(scratch.path).filter((name) => name.includes('.xlsx'));

describe('Ctrl-C', () => {
  it('ends a workbook without a file', async () => {
    const output = scratch.at('a.xlsx');
    const sql = "SELECT range, repeat('x', 1000) FROM range(1_000_000)";
    const child = startCommand(['query', sql, '-a', archive, '-f', 'xlsx', '-o', output]);
    try {
      const stderr = text(child.stderr);
      while (files().length === 0) await setTimeout(10);
      child.kill('SIGINT');
      await once(child, 'close');
      expect([child.exitCode, files()]).toEqual([130, []]);
      expect(await stderr).toMatch(/stopped\n$/);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
