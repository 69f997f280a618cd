import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive, rowsOf } from '../asked-archive';

const mail = { timestamp: '2026-03-01T05:00:00Z', messageId: 'm', destination: ['ana@example.com'] };
const delay = (timestamp: string) => ({
  eventType: 'DeliveryDelay',
  mail,
  deliveryDelay: {
    timestamp,
    delayType: 'General',
    delayedRecipients: [{ emailAddress: 'ana@example.com' }],
  },
});
const events = [
  delay('2026-03-01T06:00:00Z'),
  delay('2026-03-01T07:00:00Z'),
  delay('2026-03-02T06:00:00Z'),
  { eventType: 'Delivery', mail, delivery: { timestamp: 'soon', recipients: ['ana@example.com'] } },
  { eventType: 'Subscription', mail, subscription: { timestamp: 'soon', contactList: 'readers' } },
];

const scratch = new ScratchFolder();
scratch.write('objects/a', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
const archive = new AskedArchive(scratch.at('objects'));

async function days(since?: Date): Promise<unknown[]> {
  const question = questions().find(({ name }) => name === 'daily');
  if (question === undefined) throw new Error('there is no question daily');
  const rows = await archive.ask((engine) => rowsOf(engine, questionSql(question, { since }, duckdb)));
  return rows.map(({ day, delayed, delivered }) => [day, delayed, delivered]);
}

describe('an email of the question daily', () => {
  it('counts once, on its first day, and without a day if its time is invalid', async () => {
    expect(await days()).toEqual([
      ['2026-03-01', 1, 0],
      ['2026-03-02', 0, 0],
      [null, 0, 1],
    ]);
  });

  it('counts on its first day in the time range', async () => {
    expect(await days(new Date('2026-03-02T00:00:00Z'))).toEqual([['2026-03-02', 1, 0]]);
  });
});
