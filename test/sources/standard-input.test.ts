import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { streamSource } from '../../consumer/sources/standard-input';
import { readAll, sendRecord } from './read-all';

describe('a stream', () => {
  it('is one object named -', async () => {
    const chunks = [gzipSync(`${sendRecord('a')}\n${sendRecord('b')}`)];
    const { ids, events } = await readAll(streamSource(Readable.from(chunks)));
    expect(ids).toEqual(['a', 'b']);
    expect(events[0]?.provenance.object).toBe('-');
  });

  it('that fails ends the reading with its error', async () => {
    const failing = async function* () {
      yield Buffer.from(`${sendRecord('a')}\n`);
      throw new Error('pipe burst');
    };
    await expect(readAll(streamSource(failing()))).rejects.toThrow('pipe burst');
  });
});
