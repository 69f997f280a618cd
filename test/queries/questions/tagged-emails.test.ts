import { ask } from '../../../consumer/queries/answers/ask';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive } from '../asked-archive';

/** The Send event of a message, and optionally its bounce, each with its tags. */
type Sent = [id: string, to: string[], onSend: object, onBounce?: object];

const tenant = (name: string) => ({ 'ses:tenant-name': [name] });
const isp = (name: string) => ({ 'ses:recipient-isp': [name] });

const sent: readonly Sent[] = [
  ['1', ['a@gmail.com'], { ...tenant('shop'), ...isp('GMAIL') }],
  ['2', ['b@hosted.example'], isp('Gmail'), tenant('shop')],
  ['3', ['c@hosted.example'], isp('UNKNOWN_ISP'), tenant('bank')],
  ['4', ['d@hosted.example', 'e@other.example'], { ...tenant('bank'), ...isp('Gmail') }],
  ['5', ['f@web.de'], {}],
  ['6', ['g@small.example'], isp('Small & Co')],
  // A tag of the sender is not one of SES.
  ['7', ['h@small.example'], { 'my:ses:recipient-isp': ['Gmail'], note: ['"ses:recipient-isp"'] }],
];

function lines([messageId, destination, onSend, onBounce]: Sent): string[] {
  const mail = (tags: object) => ({ timestamp: '2026-03-04T05:00:00.000Z', messageId, destination, tags });
  const bounce = {
    timestamp: '2026-03-04T05:00:01.000Z',
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    bouncedRecipients: [{ emailAddress: destination[0] }],
    feedbackId: messageId,
  };
  const events = [
    { eventType: 'Send', mail: mail(onSend), send: {} },
    ...(onBounce === undefined ? [] : [{ eventType: 'Bounce', mail: mail(onBounce), bounce }]),
  ];
  return events.map((event) => JSON.stringify(event));
}

const scratch = new ScratchFolder();
const archive = new AskedArchive(scratch.write('objects/a', sent.flatMap(lines).join('\n')));

describe('tenants', () => {
  it('have the messages that any event assigns to them, and one row for those without a tenant', async () => {
    const rows = await ask(archive.path, 'tenants').all();
    expect(rows.map((row) => [row.tenant, row.sent, row.bounced, row.bounce_rate])).toEqual([
      ['bank', 3, 1, 1 / 3],
      [null, 3, 0, 0],
      ['shop', 2, 1, 1 / 2],
    ]);
  });
});

describe('providers', () => {
  it('have the emails to their domains, and those that SES assigns to them', async () => {
    const rows = await ask(archive.path, 'providers').all();
    expect(rows.map((row) => [row.provider, row.domains, row.sent, row.bounced])).toEqual([
      ['other', 3, 4, 1],
      ['Gmail', 2, 2, 1],
      ['Small & Co', 1, 1, 0],
      ['WEB.DE', 1, 1, 0],
    ]);
  });

  it('can be those of one domain', async () => {
    const rows = await ask(archive.path, 'providers', { domain: 'hosted.example' }).all();
    expect(rows.map(({ provider, sent: count }) => [provider, count])).toEqual([
      ['other', 2],
      ['Gmail', 1],
    ]);
  });
});
