import { ArchiveFolder } from '../../archive/archive-folder';
import { S3Server } from '../../s3-server/s3-server';
import { sendText } from '../records';
import { run } from '../run-process';

const line = (messageId: string) => Buffer.from(`${sendText(messageId)}\n`);

describe('ingest of an object that is replaced after the listing', () => {
  it('fails for this object in every thread, and ingests it the next time', async () => {
    const server = await S3Server.start();
    const folder = new ArchiveFolder();
    const ingest = () =>
      run(['ingest', 's3://mail/events/', '--endpoint', server.endpoint, '--archive', folder.archive]);
    const messageIds = () => folder.rows('SELECT message_id FROM events ORDER BY message_id');
    server.put('mail', 'events/a', line('old'));
    server.put('mail', 'events/b', line('other'));
    const change = () => server.put('mail', 'events/a', line('new'));
    server.fail({ kind: 'change', operation: 'ListObjectsV2', change });
    const { code, stderr } = await ingest();
    expect(stderr).toContain(
      's3://mail/events/a could not be read: PreconditionFailed: it was replaced after it was listed',
    );
    expect(code).toBe(1);
    expect(await messageIds()).toEqual([{ message_id: 'other' }]);
    expect((await ingest()).code).toBe(0);
    expect(await messageIds()).toEqual([{ message_id: 'new' }, { message_id: 'other' }]);
    await server.close();
  });
});
