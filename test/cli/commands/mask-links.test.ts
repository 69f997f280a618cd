import { ingest } from '../../../consumer/archive/ingest/ingest';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const click = (id: string) =>
  JSON.stringify({
    eventType: 'Click',
    mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId: id },
    click: {
      ipAddress: '192.0.2.1',
      timestamp: '2026-03-04T09:00:05.000Z',
      userAgent: 'Mozilla/5.0',
      link: 'https://shop.example/reset?token=c0ffee',
    },
  });
const source = scratch.write('objects/a', `${click('a')}\nbroken ${click('b')}\n`);

let archives = 0;
async function ingested(...options: string[]) {
  const archive = scratch.at(`${archives++}.duckdb`);
  await run(['ingest', source, '-a', archive, '--allow-rejects', ...options]);
  const show = async (...args: string[]) => (await run([...args, '-a', archive])).stdout;
  return (
    (await show('query', 'SELECT link FROM events', '--format', 'csv')) +
    (await show('export', '--format', 'ndjson', '--raw')) +
    (await show('rejects', '--format', 'ndjson'))
  );
}

describe('ingest', () => {
  it('stores clicked links as they are', async () => {
    const shown = await ingested();
    expect(shown).toContain('https://shop.example/reset?token=c0ffee');
  });

  it('stores no query of a link with --mask-links, in no event and no reject', async () => {
    const shown = await ingested('--mask-links');
    expect(shown).toContain('"link":"https://shop.example/reset"');
    expect(shown).toContain('"raw":""');
    expect(shown).not.toContain('token');
  });

  it('checks the option of the library', async () => {
    const options = { archive: scratch.at('unused.duckdb'), maskLinks: 'yes' };
    await expect(ingest(source, options as never)).rejects.toThrow(
      'maskLinks must be true or false: received a text',
    );
  });
});
