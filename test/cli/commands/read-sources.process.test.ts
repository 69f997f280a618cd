import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { sendText } from '../records';
import { startCommand } from '../run-process';

describe('read', () => {
  it('writes an event immediately, while its pipe is open', async () => {
    const child = startCommand(['read', '-']);
    child.stdin.write(gzipSync(`${sendText('live')}\n`));
    const [line] = await once(child.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ event: { mail: { messageId: 'live' } } });
    child.stdin.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });
});
