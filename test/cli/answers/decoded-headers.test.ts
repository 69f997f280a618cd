import { ingest } from '../../../consumer/archive/ingest/ingest';
import { csvRecords } from '../csv-records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { unsafe } from '../unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const source = `${word('Grün')} <News@Shop.example>`;
const subject = word('Grüße');
const hostile = word('=1+1 \u001b[2J\u202e\n"x",y');

function complaint(messageId: string, second: number, about: string, from: string): string {
  const timestamp = `2026-03-04T05:06:0${second}.000Z`;
  return `${JSON.stringify({
    eventType: 'Complaint',
    mail: {
      timestamp,
      messageId,
      source: from,
      destination: ['ana@example.com'],
      commonHeaders: { subject: about },
    },
    complaint: {
      timestamp,
      complainedRecipients: [{ emailAddress: 'ana@example.com' }],
      feedbackId: messageId,
    },
  })}\n`;
}

beforeAll(async () => {
  scratch.write(
    'objects/a',
    complaint('a', 2, subject, source) + complaint('b', 1, hostile, `${hostile} <b@c.example>`),
  );
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const command = (name: string, ...args: string[]) => run([name, ...args, '--archive', archive]);
const lines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The records of a CSV by the names of their columns. */
function byName(text: string): Record<string, string>[] {
  const [names = [], ...records] = csvRecords(text);
  return records.map((record) => Object.fromEntries(record.map((cell, index) => [names[index] ?? '', cell])));
}

const decodedHostile = '=1+1 \\u001b[2J\\u202e\\u000a"x",y';

describe('MIME-encoded words', () => {
  it('are decoded in CSV, beside the original sender', async () => {
    const { stdout } = await command('ask', 'complaints', '--format', 'csv');
    const [first, second] = byName(stdout);
    expect(first).toMatchObject({
      source: `'${source}`,
      source_name: 'Grün',
      source_address: 'news@shop.example',
      subject: 'Grüße',
    });
    expect(second).toMatchObject({
      source_name: `'${decodedHostile}`,
      source_address: 'b@c.example',
      subject: `'${decodedHostile}`,
    });
  });

  it('are decoded in a table, which omits the original sender', async () => {
    const { stdout } = await command('ask', 'complaints', '--format', 'table');
    expect(stdout).toMatch(/│ Grün +│ news@shop\.example +│ Grüße +│/);
    expect(stdout).toContain(decodedHostile);
    expect(stdout).not.toContain('=?UTF-8');
    expect(stdout).not.toMatch(/│ source +│/);
    for (const line of stdout.split('\n')) expect(line).not.toMatch(unsafe);
  });

  it.each(['json', 'ndjson'])('are unchanged in %s', async (format) => {
    const { stdout } = await command('ask', 'complaints', '--format', format);
    const [first] = format === 'json' ? JSON.parse(stdout) : lines(stdout);
    expect(first).toMatchObject({
      source,
      source_name: word('Grün'),
      source_address: 'news@shop.example',
      subject,
    });
  });

  it.each([
    ['export', '--format', 'csv'],
    ['export', '--format', 'ndjson'],
    ['query', 'SELECT source, subject FROM events', '--format', 'csv'],
  ])('are unchanged in %s %s %s', async (...args) => {
    const [name = '', ...others] = args;
    const { stdout } = await command(name, ...others);
    expect(stdout).toContain(source);
    expect(stdout).toContain(subject);
  });

  it('are decoded when senders are compared', async () => {
    const { stdout } = await command('ask', 'senders', '--format', 'csv');
    expect(byName(stdout)).toContainEqual(
      expect.objectContaining({ source_name: 'Grün', source_address: 'news@shop.example', complained: '1' }),
    );
  });

  it('are decoded in a timeline, except in NDJSON', async () => {
    const trace = (format: string) => command('trace', 'ana@example.com', '--format', format);
    const [table, csv, ndjson] = await Promise.all([trace('table'), trace('csv'), trace('ndjson')]);
    expect(table.stdout).toMatch(/│ Grüße +│ complained/);
    expect(byName(csv.stdout).map((step) => step.subject)).toEqual([`'${decodedHostile}`, 'Grüße']);
    expect(lines(ndjson.stdout).map((step) => step.subject)).toEqual([hostile, subject]);
  });
});
