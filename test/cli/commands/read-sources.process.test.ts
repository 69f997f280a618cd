import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { sendText } from '../records';
import { startCommand } from '../run-process';

describe('read', () => {
  it('hands an event on at once, while its pipe stays open', async () => {
    const child = startCommand(['read', '-']);
    child.stdin.write(gzipSync(`${sendText('live')}\n`));
    const [line] = await once(child.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ event: { mail: { messageId: 'live' } } });
    child.stdin.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });
});
