import { readArchive } from '../../../consumer/archive/file/read-archive';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { ask } from '../../../consumer/queries';
import { archiveSource } from '../../../consumer/queries/answers/archive-source';
import type { OpenSource } from '../../../consumer/queries/answers/open-source';
import { Answers, firstRows } from '../../../consumer/report/data/answers';
import { reportScope, type ScopeOptions } from '../../../consumer/report/data/scope';
import { packageFolder } from '../../cli/compiled-command';
import { ScratchFolder } from '../../cli/scratch-folder';

const archive = new ScratchFolder().at('sample.duckdb');
const newest = new Date('2026-08-20T07:05:07Z');

beforeAll(() => ingest(`${packageFolder}/examples/sample-archive`, { archive, workers: 0 }));

/** Calls a function with the answers from the sample, and the questions that its engine was asked. */
function withAnswers<Result>(
  options: ScopeOptions,
  use: (answers: Answers, asked: string[]) => Promise<Result>,
): Promise<Result> {
  return readArchive(archive, {}, (database) => {
    const asked: string[] = [];
    const source = archiveSource(database);
    const counted: Pick<OpenSource, 'answer'> = {
      answer(request) {
        asked.push(request.archive().sql);
        return source.answer(request);
      },
    };
    return use(new Answers(counted, reportScope(options, newest, newest)), asked);
  });
}

describe('the answers of a report', () => {
  it('have the rows of the question for the range, and count those beyond the limit', async () => {
    const since = new Date('2026-08-09T00:00:00Z');
    const until = new Date('2026-08-14T00:00:00Z');
    const expected = await ask(archive, 'domains', { since, until }).all();
    const answered = await withAnswers({ since, until }, (answers) => answers.ask('domains', { limit: 2 }));
    expect(answered.rows).toEqual(expected.slice(0, 2));
    expect(answered.total).toBe(expected.length);
    expect(answered.values).toEqual({ since, until, timezone: undefined, limit: 2 });
  });

  it('ask the engine once for each question with its own parameters', async () => {
    await withAnswers({}, async (answers, asked) => {
      const [first, again] = [await answers.ask('health'), await answers.ask('health')];
      expect(again).toBe(first);
      expect(asked).toHaveLength(1);
      await answers.ask('health', {}, answers.scope.before);
      await answers.ask('trend', { by: 'day' });
      await answers.ask('trend', { by: 'week' });
      expect(asked).toHaveLength(4);
    });
  });

  it('name the filters that a question does not have, and use the others', async () => {
    await withAnswers({ domain: 'mail.example', configurationSet: 'transactional' }, async (answers) => {
      const health = await answers.ask('health');
      expect(health.unused).toEqual(['domain']);
      expect(health.values).toMatchObject({ configurationSet: 'transactional' });
      const domains = await answers.ask('domains');
      expect(domains.unused).toEqual([]);
      expect(domains.rows.map(({ domain }) => domain)).toEqual(['mail.example']);
    });
  });

  it('fail for a filter by a name that does not exist', async () => {
    const asked = withAnswers({ configurationSet: 'nope' }, (answers) => answers.ask('health'));
    await expect(asked).rejects.toThrow('there is no configuration set "nope" in this archive');
  });

  it('can be cut to their first rows', async () => {
    await withAnswers({}, async (answers) => {
      const all = await answers.ask('bounces', { limit: 'all' });
      const first = firstRows(all, 3);
      expect(first.rows).toEqual(all.rows.slice(0, 3));
      expect(first).toMatchObject({ total: all.total, values: { limit: 3 } });
    });
  });
});
