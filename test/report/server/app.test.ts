import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { cookieValue } from '../../../consumer/report/server/access/secret';
import { createApp } from '../../../consumer/report/server/app';
import { archiveData, type PageData } from '../../../consumer/report/server/data/open-page-source';
import { listen } from '../../../consumer/report/server/http/listen';
import { ArchiveFolder } from '../../archive/archive-folder';
import { sendText } from '../../cli/records';
import { send } from './page-server';

describe('createApp', () => {
  it('does not open the archive for requests whose browser has left before their turn', async () => {
    const folder = new ArchiveFolder();
    folder.write('m1.json', `${sendText('m1')}\n`);
    await folder.ingest();
    const archive = archiveData(folder.archive, { isMasked: false });
    let opened = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const data: PageData = {
      state: () => archive.state(),
      async open() {
        opened++;
        await released;
        return archive.open();
      },
    };
    const onError = (error: unknown) => {
      throw error;
    };
    const token = 'x'.repeat(32);
    const { port, close } = await listen({ host: '127.0.0.1', port: 0 }, (used) => {
      const app = createApp({ token, port: used, data, onError });
      return (received) => app.fetch(received);
    });
    const headers = { cookie: `ses_events_${port}=${cookieValue(token, port)}` };
    const first = send(port, '/messages/m1', { headers });
    while (opened === 0) await sleep(5);
    const left = Array.from({ length: 20 }, (_, index) =>
      request({ port, path: `/messages/left-${index}`, headers, agent: false })
        .on('error', () => {})
        .end(),
    );
    await sleep(200);
    for (const client of left) client.destroy();
    await sleep(200);
    const last = send(port, '/messages/m2', { headers });
    release();
    expect([(await first).status, (await last).status]).toEqual([200, 404]);
    expect(opened).toBe(2);
    await close();
  });
});
