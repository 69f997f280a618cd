import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { openDatabase } from '../../../consumer/archive/file/open';
import type { Database } from '../../../consumer/archive/store/database';
import { BoundedAnswers } from '../../../consumer/queries/answers/bounded-answers';
import { questionRequest } from '../../../consumer/queries/answers/request';
import type { QueryResult } from '../../../consumer/queries/engines/engine';
import type { Reading } from '../../../consumer/queries/iceberg/event-source';
import type { ParameterValues } from '../../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive } from '../asked-archive';

const range = { since: new Date('2026-08-05T00:00:00Z'), until: new Date('2026-08-13T00:00:00Z') };
const inside = { since: new Date('2026-08-09T00:00:00Z'), until: new Date('2026-08-12T06:00:00Z') };

async function allRows({ columns, rows }: QueryResult) {
  const all = [];
  for await (const batch of rows) all.push(...batch);
  return { columns, rows: all };
}

/** Calls a function with a new database that reads an archive. */
async function reading<Result>(path: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(path, { readOnly: true });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** The values with which questions are compared. A question without a parameter is asked without it. */
const values: readonly (readonly [string, ParameterValues])[] = [
  ['the whole range', range],
  ['a part of the range', inside],
  ['a range that begins before', { ...range, since: new Date('2026-08-01T00:00:00Z') }],
  ['all time', {}],
  ['a configuration set', { ...inside, configurationSet: 'marketing' }],
  ['a domain', { ...inside, domain: 'mail.example' }],
  ['a tag', { ...inside, tag: { name: 'campaign', value: 'autumn' } }],
];

describe('many questions in bounded memory', () => {
  const sample = new AskedArchive();

  it.each(values)('have the answers of single questions for %s', async (_, given) => {
    await reading(sample.path, async (database) => {
      const answers = await BoundedAnswers.open(database, range);
      for (const question of questions()) {
        const taken = Object.fromEntries(
          Object.entries(given).filter(([name]) =>
            question.parameters.some((parameter) => parameter === name),
          ),
        );
        const expected = await sample.ask(async (engine) =>
          allRows(await engine.query(questionSql(question, { ...taken, limit: 'all' }, duckdb))),
        );
        const request = questionRequest(question, { ...taken, limit: 'all' });
        expect([question.name, await allRows(await answers.answer(request))]).toEqual([
          question.name,
          expected,
        ]);
      }
    });
  });

  it('read the stored emails and messages, not all events', async () => {
    await reading(sample.path, async (database) => {
      const answers = await BoundedAnswers.open(database, range);
      const health = questions().find(({ name }) => name === 'health');
      if (health === undefined) throw new Error('there is no question health');
      await answers.answer(questionRequest(health, range));
      await database.run('DELETE FROM temp.sent_emails; DELETE FROM temp.sent_messages');
      const [[sent] = []] = (await allRows(await answers.answer(questionRequest(health, range)))).rows;
      expect(sent).toBe(0);
    });
  });

  it('repeat a question that requires more memory', async () => {
    await reading(sample.path, async (database) => {
      const answers = await BoundedAnswers.open(database, range, 12_000_000);
      const needy = {
        archive: () => ({
          sql: 'SELECT count(DISTINCT repeat(md5(i::VARCHAR), 20)) FROM range(200000) t(i)',
        }),
        athena: (reading: Reading) => ({ answer: '', unreadable: '', reading }),
      };
      expect((await allRows(await answers.answer(needy))).rows).toEqual([[200_000]]);
    });
  });
});

describe('many questions about messages with different send times', () => {
  const scratch = new ScratchFolder();
  const at = (day: number) => `2026-08-${String(day).padStart(2, '0')}T12:00:00.000Z`;
  const event = (eventType: string, sent: string | undefined) => ({
    eventType,
    mail: { timestamp: sent, messageId: 'm', destination: ['a@b.example'], tags: { campaign: ['x'] } },
    ...(eventType === 'Delivery' && { delivery: { timestamp: at(10), recipients: ['a@b.example'] } }),
    ...(eventType === 'Send' && { send: {} }),
  });

  describe.each([
    ['a send time before the range', [event('Send', at(1)), event('Delivery', at(10))]],
    ['an event without a send time', [event('Send', at(10)), event('Forward', undefined)]],
  ])('%s', (name, events) => {
    const object = scratch.write(`${name}/a`, events.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const archive = new AskedArchive([object]);

    it('have the answers of single questions', async () => {
      const stored = await archive.rows('SELECT count(*) AS events FROM events');
      expect(stored).toEqual([{ events: 2 }]);
      await reading(archive.path, async (database) => {
        const answers = await BoundedAnswers.open(database, range);
        for (const question of questions().filter(({ time }) => time === 'sent')) {
          const expected = await archive.ask(async (engine) =>
            allRows(await engine.query(questionSql(question, { ...range, limit: 'all' }, duckdb))),
          );
          const request = questionRequest(question, { ...range, limit: 'all' });
          expect([question.name, await allRows(await answers.answer(request))]).toEqual([
            question.name,
            expected,
          ]);
        }
      });
    });
  });
});
