import fc from 'fast-check';
import { duckdb } from '../../consumer/archive/dialects/duckdb';
import { readArchive } from '../../consumer/archive/file/read-archive';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { type ArchiveEngine, archiveEngine } from '../../consumer/queries/engines/duckdb-engine';
import type { ParameterValues } from '../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { sampleObjects } from '../../consumer/sample';
import { ScratchFolder } from '../cli/scratch-folder';
import { AskedArchive, type Row, rowsOf } from './asked-archive';
import { type CountName, countedEmails, countedStatuses, countNames } from './counted-emails';
import { lifeStories, storyLines } from './life-stories';
import { readOnce, uniqueEvents } from './unique-events';

/** The questions that count emails, with the names of their counts. */
const counting: Readonly<Record<string, readonly CountName[]>> = {
  health: ['sent', 'delivered', 'bounced', 'soft_bounced', 'suppressed', 'complained'],
  daily: countNames,
  trend: ['sent', 'delivered', 'bounced', 'complained'],
  campaigns: ['sent', 'delivered', 'bounced', 'complained'],
  domains: ['sent', 'delivered', 'bounced', 'soft_bounced', 'complained', 'delayed'],
  providers: ['sent', 'delivered', 'bounced', 'soft_bounced', 'complained', 'delayed'],
  tenants: ['sent', 'delivered', 'bounced', 'suppressed', 'complained', 'rejected', 'not_rendered'],
  'configuration-sets': ['sent', 'delivered', 'bounced', 'complained', 'rejected', 'not_rendered'],
  senders: ['sent', 'delivered', 'bounced', 'complained'],
  delays: ['delayed'],
  'rendering-failures': ['not_rendered'],
};

async function answer(engine: ArchiveEngine, name: string, values: ParameterValues = {}): Promise<Row[]> {
  const question = questions().find((candidate) => candidate.name === name);
  if (question === undefined) throw new Error(`there is no question ${name}`);
  return rowsOf(engine, questionSql(question, { limit: 1_000_000, ...values }, duckdb));
}

const sum = (rows: readonly Row[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

/** The sum of each question over all its groups. */
async function sums(engine: ArchiveEngine, names: readonly string[]) {
  const added: Record<string, Record<string, number>> = {};
  for (const name of names) {
    const rows = await answer(engine, name);
    added[name] = Object.fromEntries((counting[name] ?? []).map((column) => [column, sum(rows, column)]));
  }
  return added;
}

/** The same sums, from the counts of the events. */
function expectedSums(counts: Record<CountName, number>, names: readonly string[]) {
  const columns = (name: string) => (counting[name] ?? []).map((column) => [column, counts[column]]);
  return Object.fromEntries(names.map((name) => [name, Object.fromEntries(columns(name))]));
}

async function statuses(engine: ArchiveEngine): Promise<Record<string, number>> {
  const rows = await answer(engine, 'statuses');
  return Object.fromEntries(rows.map(({ status, messages }) => [String(status), Number(messages)]));
}

/** Opens and clicks by people, from each question and view that separates them from machines. */
async function humans(engine: ArchiveEngine) {
  const machines = await answer(engine, 'machines');
  const ofPeople = (kind: string) =>
    sum(
      machines.filter((row) => row.event_type === kind && row.machine_reason === null),
      'events',
    );
  const [messages] = await rowsOf(
    engine,
    'SELECT sum(human_opens)::BIGINT AS opens, sum(human_clicks)::BIGINT AS clicks FROM messages',
  );
  return {
    machines: { opens: ofPeople('Open'), clicks: ofPeople('Click') },
    messages: { opens: Number(messages?.opens), clicks: Number(messages?.clicks) },
    links: sum(await answer(engine, 'links'), 'human_clicks'),
  };
}

const scratch = new ScratchFolder();

/** Generates objects in a folder. */
function generated(seed: number): string {
  for (const { key, bytes } of sampleObjects({ events: 3_000, seed })) scratch.write(`${seed}/${key}`, bytes);
  return scratch.at(`${seed}`);
}

describe('a name of a count of emails', () => {
  it('is in these questions only', () => {
    const found = questions().flatMap(({ name, columns }) => {
      const names = countNames.filter((count) => columns.some((column) => column.name === count));
      return names.length === 0 ? [] : [[name, names]];
    });
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(counting).map(([name, names]) => [
          name,
          countNames.filter((count) => names.includes(count)),
        ]),
      ),
    );
  });

  it('counts emails, and its meaning begins with the unit', () => {
    const found = questions().flatMap(({ name, columns }) =>
      columns
        .filter((column) => countNames.some((count) => count === column.name))
        .map((column) => [name, column.name, column.meaning]),
    );
    for (const [name, column, meaning] of found)
      expect([name, column, meaning]).toEqual([
        name,
        column,
        expect.stringMatching(/^(?:Emails|Hard-bounced emails|Soft-bounced emails)\b/),
      ]);
  });
});

describe.each([
  ['the bundled sample', () => `${__dirname}/../../examples/sample-archive`],
  ['a generated archive', () => generated(11)],
  ['another generated archive', () => generated(12)],
])('over %s', (_, makeSource) => {
  const source = makeSource();
  const archive = new AskedArchive(source);
  const events = async () => uniqueEvents(await readOnce([source])).map(([, event]) => event);
  const summed = Object.keys(counting).filter((name) => name !== 'campaigns');

  it('every question adds up to the counts from the events', async () => {
    const counts = countedEmails(await events());
    for (const name of countNames) expect([name, counts[name]]).not.toEqual([name, 0]);
    expect(await archive.ask((engine) => sums(engine, summed))).toEqual(expectedSums(counts, summed));
  });

  it('each campaign has the same numbers as health for its tag', async () => {
    await archive.ask(async (engine) => {
      const campaigns = await answer(engine, 'campaigns');
      expect(campaigns.length).toBeGreaterThan(5);
      const names = [...(counting.campaigns ?? []), 'delivered_messages'];
      for (const row of campaigns) {
        const tag = { name: String(row.tag), value: String(row.value) };
        const [health] = await answer(engine, 'health', { tag });
        const numbers = (of: Row | undefined) => names.map((name) => [name, of?.[name]]);
        expect([tag, numbers(row)]).toEqual([tag, numbers(health)]);
      }
    });
  });

  it.each(['day', 'week', 'month'] as const)(
    'each %s has the numbers and verdicts of health for its time',
    async (by) => {
      await archive.ask(async (engine) => {
        const rows = (await answer(engine, 'trend', { by })).filter(({ period }) => period !== null);
        const starts = rows.map(({ period }) => new Date(`${period}T00:00:00Z`));
        for (const [index, row] of rows.entries()) {
          const [since, until] = [starts[index], starts[index + 1]];
          const [health] = await answer(engine, 'health', { since, until });
          const { period, ...numbers } = row;
          expect([period, health]).toEqual([period, expect.objectContaining(numbers)]);
        }
      });
    },
  );

  it('messages have the status of their events, and suppressed messages are not bounced', async () => {
    const expected = countedStatuses(await events());
    expect(expected.suppressed).toBeGreaterThan(0);
    expect(await archive.ask(statuses)).toEqual(expected);
  });

  it('all questions and views separate people from machines in the same way', async () => {
    const { machines, messages, links } = await archive.ask(humans);
    expect(machines.clicks).toBeGreaterThan(0);
    expect(messages).toEqual(machines);
    expect(links).toBe(machines.clicks);
  });
});

it('over random life stories, every question adds up to health', async () => {
  let archives = 0;
  await fc.assert(
    fc.asyncProperty(lifeStories, async (stories) => {
      const object = scratch.write(`stories/${++archives}`, storyLines(stories));
      const path = scratch.at(`stories/${archives}.duckdb`);
      await ingest(object, { archive: path, workers: 0 });
      const events = uniqueEvents(await readOnce([object])).map(([, event]) => event);
      const names = Object.keys(counting);
      await readArchive(path, {}, async (database) => {
        const engine = await archiveEngine(database);
        expect(await sums(engine, names)).toEqual(expectedSums(countedEmails(events), names));
        expect(await statuses(engine)).toEqual(countedStatuses(events));
        const [health] = await answer(engine, 'health');
        expect(sum(await answer(engine, 'campaigns'), 'delivered_messages')).toBe(health?.delivered_messages);
      });
    }),
    { numRuns: 10, endOnFailure: true }, // each shrinking step creates another archive
  );
});
