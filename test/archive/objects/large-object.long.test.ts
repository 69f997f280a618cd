import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine, writeErased } from '../../../consumer/archive/objects/examine';
import type { SourceObject } from '../../../consumer/sources/source';
import { address, send, tombstonesOf } from './person';

const others = ['a@o.example', 'b@o.example'];
const block = Buffer.from(
  Array.from({ length: 300 }, (_, index) => `${send(`m${index}`, others, { x: 'y'.repeat(900) })}\n`).join(
    '',
  ),
);
const [line, blocks] = [Buffer.from(`${send('mine', [...others, address])}\n`), 1_000];
const size = 2 * blocks * block.length + line.length;

/** An object of hundreds of megabytes with one record of the person. */
const object: SourceObject = {
  uri: 'large.json',
  async *open() {
    for (let index = 0; index < blocks; index++) yield block;
    yield line;
    for (let index = 0; index < blocks; index++) yield block;
  },
};

describe('an object that is larger than the memory for it', () => {
  it('is examined and rewritten as a stream', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ses-events-large-'));
    let highest = 0;
    const before = process.memoryUsage().rss;
    const sampler = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss - before);
    }, 20);
    try {
      const [tombstones, path] = [tombstonesOf(), join(folder, 'erased')];
      const examined = await examine(object, tombstones);
      expect(examined).toMatchObject({
        bytes: size,
        changes: [[blocks * block.length, line.length - 1, expect.any(Number)]],
      });
      const { bytes } = await writeErased(object, tombstones, examined, path);
      const longer = (examined.changes[0]?.[2] ?? 0) - line.length + 1;
      expect([bytes, statSync(path).size]).toEqual([size + longer, size + longer]);
    } finally {
      clearInterval(sampler);
      rmSync(folder, { recursive: true });
    }
    expect(size).toBeGreaterThan(500 * 1024 * 1024);
    expect(highest).toBeGreaterThan(0);
    expect(highest).toBeLessThan(size / 2);
  });
});
