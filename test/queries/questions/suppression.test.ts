import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive, rowsOf } from '../asked-archive';

/** Hard bounces by status code, and whether their cause is the address. */
const bounces = [
  ['5.1.1', 'no-such-address', true],
  ['5.2.1', 'mailbox-unavailable', true],
  ['5.4.4', 'network', true],
  ['5.0.0', 'other', true],
  ['5.1.7', 'sender-address', false],
  ['5.1.8', 'sender-address', false],
  ['5.2.2', 'mailbox-full', false],
  ['5.2.3', 'too-large', false],
  ['5.6.0', 'content', false],
  ['5.7.1', 'policy', false],
] as const;

const record = (status: string) => ({
  eventType: 'Bounce',
  mail: { timestamp: '2026-03-04T05:00:00.000Z', messageId: status, destination: [`${status}@example.com`] },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: `${status}@example.com`, status }],
    timestamp: '2026-03-04T06:00:00.000Z',
    feedbackId: status,
  },
});

const scratch = new ScratchFolder();
scratch.write('objects/a', bounces.map(([status]) => `${JSON.stringify(record(status))}\n`).join(''));
const archive = new AskedArchive(scratch.at('objects'));

async function candidates(): Promise<unknown[]> {
  const question = questions().find(({ name }) => name === 'suppression');
  if (question === undefined) throw new Error('there is no question suppression');
  const rows = await archive.ask((engine) => rowsOf(engine, questionSql(question, {}, duckdb)));
  return rows.map(({ address }) => address);
}

describe('a hard bounce', () => {
  it.each(bounces)(
    'with the status %s has the class %s; its address is in the answer: %s',
    async (status, bounceClass, isCandidate) => {
      expect(
        await archive.rows(`SELECT bounce_class FROM recipients WHERE message_id = '${status}'`),
      ).toEqual([{ bounce_class: bounceClass }]);
      expect((await candidates()).includes(`${status}@example.com`)).toBe(isCandidate);
    },
  );
});
