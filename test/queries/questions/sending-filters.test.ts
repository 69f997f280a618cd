import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { ask } from '../../../consumer/queries/answers/ask';
import { suppress } from '../../../consumer/queries/answers/suppress';
import type { ParameterValues } from '../../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive } from '../asked-archive';

/** A message, and the event after its sending. */
interface Sent {
  id: string;
  to: string;
  /** @default - the record has no ARN of the identity */
  arn?: string;
  account?: string;
  /** The tenant in the tags of the Send event, and of the later one. */
  tenants?: readonly [onSend: string | undefined, later: string | undefined];
  bounces?: true;
}

const arn = (region: string, account: string) => `arn:aws:ses:${region}:${account}:identity/x.example`;

const sent: readonly Sent[] = [
  { id: 'a1', to: 'a1@x.example', arn: arn('eu-west-1', '111122223333'), account: '111122223333' },
  {
    id: 'a2',
    to: 'a2@x.example',
    arn: arn('us-east-1', '111122223333'),
    account: '111122223333',
    tenants: ['shop', 'shop'],
    bounces: true,
  },
  // The identity of another account.
  { id: 'b1', to: 'b1@x.example', arn: arn('eu-west-1', '444455556666'), account: '111122223333' },
  {
    id: 'b2',
    to: 'b2@x.example',
    arn: arn('eu-west-1', '444455556666'),
    tenants: [undefined, 'shop'],
    bounces: true,
  },
  { id: 'none', to: 'none@x.example', tenants: ['Shop', 'Shop'], bounces: true },
  { id: 'odd', to: 'odd@x.example', arn: 'arn:aws:ses::', account: '' },
];

function lines({
  id,
  to,
  arn: sourceArn,
  account,
  tenants = [undefined, undefined],
  bounces,
}: Sent): string[] {
  const mail = (tenant: string | undefined) => ({
    timestamp: '2026-03-04T05:00:00.000Z',
    messageId: id,
    destination: [to],
    ...(sourceArn !== undefined && { sourceArn }),
    ...(account !== undefined && { sendingAccountId: account }),
    tags: { 'ses:configuration-set': ['set'], ...(tenant !== undefined && { 'ses:tenant-name': [tenant] }) },
  });
  const later = { timestamp: '2026-03-04T05:00:01.000Z' };
  const bounce = { ...later, bounceType: 'Permanent', bounceSubType: 'NoEmail', feedbackId: id };
  const events = [
    { eventType: 'Send', mail: mail(tenants[0]), send: {} },
    bounces === true
      ? {
          eventType: 'Bounce',
          mail: mail(tenants[1]),
          bounce: { ...bounce, bouncedRecipients: [{ emailAddress: to }] },
        }
      : { eventType: 'Delivery', mail: mail(tenants[1]), delivery: { ...later, recipients: [to] } },
  ];
  return events.map((event) => JSON.stringify(event));
}

const scratch = new ScratchFolder();
const archive = new AskedArchive(scratch.write('objects/a', sent.flatMap(lines).join('\n')));

const filters: [ParameterValues, string[]][] = [
  [{}, ['a1', 'a2', 'b1', 'b2', 'none', 'odd']],
  [{ tenant: 'shop' }, ['a2', 'b2']],
  [{ tenant: 'Shop' }, ['none']],
  [{ sourceRegion: 'eu-west-1' }, ['a1', 'b1', 'b2']],
  [{ sourceRegion: 'us-east-1' }, ['a2']],
  [{ sourceRegion: '' }, []],
  [{ account: '111122223333' }, ['a1', 'a2', 'b1']],
  [{ account: '444455556666' }, ['b2']],
  [{ sourceRegion: 'eu-west-1', account: '444455556666', tenant: 'shop' }, ['b2']],
];

describe('a tenant, a region and an account', () => {
  it.each(filters)('%j select the messages of their records, with all events', async (values, ids) => {
    const kinds = questions().find(({ name }) => name === 'kinds');
    if (kinds === undefined) throw new Error('there is no question kinds');
    const rows = await archive.rows(questionSql(kinds, values, duckdb));
    const events = rows.reduce((total, row) => total + Number(row.events), 0);
    expect(events).toBe(ids.length * 2);
    const all = await archive.rows(
      questionSql(
        {
          ...kinds,
          body: 'SELECT DISTINCT message_id AS id FROM unique_events\nWHERE {happened}\nORDER BY id',
        },
        values,
        duckdb,
      ),
    );
    expect(all.map(({ id }) => id)).toEqual(ids);
  });

  it('are parameters of every question with a configuration set or tag', () => {
    for (const { name, parameters } of questions())
      if (parameters.includes('configurationSet') || parameters.includes('tag'))
        expect([name, ...parameters]).toEqual(expect.arrayContaining(['tenant', 'sourceRegion', 'account']));
  });

  it('do not change a statement without them', () => {
    for (const question of questions().filter(({ name }) => name !== 'tenants'))
      expect(questionSql(question, {}, duckdb)).not.toMatch(/source_arn|sending_account_id|tenant-name'/);
  });

  it.each([
    [{ tenant: 'shpo' }, 'there is no tenant "shpo" in this archive; existing: shop, Shop'],
    [
      { sourceRegion: 'eu-west-2' },
      'there is no region "eu-west-2" in this archive; existing: eu-west-1, us-east-1',
    ],
    [{ account: '000000000000' }, 'there is no account "000000000000" in this archive; existing: '],
  ])('%j that do not occur are reported with the existing ones', async (values, message) => {
    await expect(ask(archive.path, 'health', values).all()).rejects.toThrow(message);
  });

  it('select the addresses to suppress', async () => {
    const found = await suppress(archive.path, { tenant: 'shop' }).all();
    expect(found.map(({ address }) => address).sort()).toEqual(['a2@x.example', 'b2@x.example']);
  });
});
