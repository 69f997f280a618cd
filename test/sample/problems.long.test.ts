import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ParameterValues } from '../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../consumer/queries/questions/question';
import { sampleObjects } from '../../consumer/sample';
import { AskedArchive, type Row, rowsOf } from '../queries/asked-archive';

/** Writes a sample, and returns its folder. */
function writtenSample(options: { events: number; seed: number; days?: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-problems-'));
  for (const { key, bytes } of sampleObjects(options)) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), bytes);
  }
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Returns the rows in which a column is not `ok`, by their first column. */
function notOk(rows: readonly Row[], column: string): string[] {
  return rows.filter((row) => row[column] !== 'ok').map((row) => String(row.period));
}

describe.each([
  ['of 2,000 events, as bundled', { events: 2_000, seed: 1 }, ['2026-08-11'], ['2026-08-10']],
  ['of 20,000 events', { events: 20_000, seed: 1 }, ['2026-08-18', '2026-08-19'], ['2026-08-17']],
  [
    'of 100,000 events on 90 days',
    { events: 100_000, seed: 7, days: 90 },
    ['2026-09-22', '2026-09-23'],
    ['2026-09-21'],
  ],
])('a sample %s', (_, options, badDays, badWeeks) => {
  const archive = new AskedArchive(writtenSample(options));

  async function ask(name: string, values: ParameterValues = {}): Promise<Row[]> {
    const question = questions().find((candidate) => candidate.name === name);
    if (question === undefined) throw new Error(`no question ${name}`);
    return archive.ask((engine) => rowsOf(engine, questionSql(question, values, engine.dialect)));
  }

  /** Returns the values of a column by those of another. */
  async function columnOf(rows: Promise<Row[]>, key: string, column: string): Promise<Map<string, number>> {
    return new Map((await rows).map((row) => [String(row[key]), Number(row[column])]));
  }

  it('has one or two days with bounces and complaints above the thresholds, and no other', async () => {
    const days = await ask('trend', { by: 'day' });
    expect(notOk(days, 'bounce_verdict')).toEqual(badDays);
    expect(notOk(days, 'complaint_verdict')).toEqual(badDays);
  });

  it('has one week with too many complaints and the most bounces', async () => {
    const weeks = await ask('trend', { by: 'week' });
    expect(notOk(weeks, 'complaint_verdict')).toEqual(badWeeks);
    const worst = weeks.toSorted((one, other) => Number(other.bounce_rate) - Number(one.bounce_rate));
    expect(String(worst[0]?.period)).toBe(badWeeks[0]);
  });

  it('has less mail on weekends than on any weekday', async () => {
    const sent = { weekday: [] as number[], weekend: [] as number[] };
    for (const { period, sent: count } of await ask('trend', { by: 'day' })) {
      const isWeekend = [0, 6].includes(new Date(String(period)).getUTCDay());
      sent[isWeekend ? 'weekend' : 'weekday'].push(Number(count));
    }
    expect(sent.weekend.length).toBeGreaterThan(0);
    expect(Math.max(...sent.weekend)).toBeLessThan(Math.min(...sent.weekday) * 0.7);
  });

  it('has one campaign with all the complaints and most bounces', async () => {
    const campaigns = () => ask('campaigns', { tagName: 'campaign' });
    const complaints = await columnOf(campaigns(), 'value', 'complained');
    expect([...complaints].filter(([, count]) => count > 0).map(([name]) => name)).toEqual(['flash-sale']);
    const rates = await columnOf(campaigns(), 'value', 'bounce_rate');
    expect(rates.get('flash-sale')).toBeGreaterThan(0.15);
    expect(rates.size).toBe(7);
    for (const [name, rate] of rates) if (name !== 'flash-sale') expect(rate).toBeLessThan(0.05);
  });

  it('has one list with old addresses, a quarter or more of which no longer exists', async () => {
    const rates = await columnOf(ask('campaigns', { tagName: 'audience' }), 'value', 'bounce_rate');
    expect([...rates.keys()].sort()).toEqual(['imported-2019', 'subscribers']);
    expect(rates.get('imported-2019')).toBeGreaterThan(0.25);
    expect(rates.get('subscribers')).toBeLessThan(0.06);
    const tag = { name: 'audience', value: 'imported-2019' };
    const causes = (await ask('bounces', { tag })).map((row) => row.bounce_sub_type);
    expect(new Set(causes)).toEqual(new Set(['NoEmail']));
  });

  it('has one provider that throttles: most of its delayed emails are delivered, some expire', async () => {
    const [first, ...others] = await ask('delays');
    expect(first).toMatchObject({ delay_type: 'RecipientServerError', domain: 'office.example', waiting: 0 });
    expect(Number(first?.then_delivered)).toBeGreaterThan(5 * Number(first?.then_failed));
    expect(Number(first?.then_failed)).toBeGreaterThan(0);
    for (const { delayed } of others) expect(Number(delayed)).toBeLessThan(Number(first?.delayed) / 3);
  });

  it('has domains of different sizes and rates', async () => {
    const rows = await ask('domains');
    const sent = new Map(rows.map((row) => [row.domain, Number(row.sent)]));
    const sizes = ['mail.example', 'inbox.example', 'office.example', 'example.net'].map(
      (domain) => sent.get(domain) ?? Number.NaN,
    );
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    const soft = rows.map((row) => [row.domain, Number(row.soft_bounced) / Number(row.sent)]);
    const softest = soft.toSorted(([, one], [, other]) => Number(other) - Number(one))[0]?.[0];
    expect(['example.net', 'example.org']).toContain(softest);
  });

  it('has plausible rates of the account', async () => {
    const [health] = await ask('health');
    expect(health).toMatchObject({ bounce_verdict: 'ok' });
    expect(Number(health?.bounce_rate)).toBeGreaterThan(0.01);
    expect(Number(health?.complaint_rate)).toBeGreaterThan(0.0002);
    expect(Number(health?.complaint_rate)).toBeLessThan(0.005);
    expect(Number(health?.open_rate)).toBeLessThan(0.5);
  });
});
