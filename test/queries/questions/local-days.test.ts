import fc from 'fast-check';
import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import type { ParameterValues } from '../../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive, rowsOf } from '../asked-archive';

/** Three days of a zone, from the first moment of the first day, with the number of half hours in each. */
const spans: [zone: string, from: string, to: string, days: [day: string, halfHours: number][]][] = [
  [
    'Europe/Berlin',
    '2026-03-27T23:00Z',
    '2026-03-30T22:00Z',
    [
      ['2026-03-28', 48],
      ['2026-03-29', 46],
      ['2026-03-30', 48],
    ],
  ],
  [
    'Europe/Berlin',
    '2026-10-23T22:00Z',
    '2026-10-26T23:00Z',
    [
      ['2026-10-24', 48],
      ['2026-10-25', 50],
      ['2026-10-26', 48],
    ],
  ],
  [
    'America/New_York',
    '2026-03-07T05:00Z',
    '2026-03-10T04:00Z',
    [
      ['2026-03-07', 48],
      ['2026-03-08', 46],
      ['2026-03-09', 48],
    ],
  ],
  [
    'America/New_York',
    '2026-10-31T04:00Z',
    '2026-11-03T05:00Z',
    [
      ['2026-10-31', 48],
      ['2026-11-01', 50],
      ['2026-11-02', 48],
    ],
  ],
  [
    'Australia/Lord_Howe', // its clocks change by half an hour
    '2026-04-03T13:00Z',
    '2026-04-06T13:30Z',
    [
      ['2026-04-04', 48],
      ['2026-04-05', 49],
      ['2026-04-06', 48],
    ],
  ],
  [
    'Australia/Lord_Howe',
    '2026-10-02T13:30Z',
    '2026-10-05T13:00Z',
    [
      ['2026-10-03', 48],
      ['2026-10-04', 47],
      ['2026-10-05', 48],
    ],
  ],
  [
    'Asia/Kathmandu',
    '2026-03-27T18:15Z',
    '2026-03-30T18:15Z',
    [
      ['2026-03-28', 48],
      ['2026-03-29', 48],
      ['2026-03-30', 48],
    ],
  ],
  [
    'America/Bogota',
    '2026-03-28T05:00Z',
    '2026-03-31T05:00Z',
    [
      ['2026-03-28', 48],
      ['2026-03-29', 48],
      ['2026-03-30', 48],
    ],
  ],
];
const halfHour = 30 * 60 * 1000;

/** Returns the sends of a span: one every half hour, and one at each end with another configuration set. */
function sends([, from, to]: (typeof spans)[number], index: number): object[] {
  const [first, end] = [Date.parse(from), Date.parse(to)];
  const times = Array.from({ length: (end - first) / halfHour }, (_, step) => first + step * halfHour);
  const send = (time: number, set: string) => ({
    eventType: 'Send',
    mail: {
      timestamp: new Date(time).toISOString(),
      messageId: `${set} ${time}`,
      destination: ['ana@example.com'],
      tags: { 'ses:configuration-set': [set] },
    },
    send: {},
  });
  return [
    ...times.map((time) => send(time, `all-${index}`)),
    ...[first, end - 1].map((time) => send(time, `ends-${index}`)),
  ];
}

const scratch = new ScratchFolder();
scratch.write(
  'objects/a',
  spans
    .flatMap(sends)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join(''),
);
const archive = new AskedArchive(scratch.at('objects'));

/** Returns the first column of an answer, and one of its counts. */
async function counts(name: string, count: string, values: ParameterValues): Promise<unknown[]> {
  const question = questions().find((candidate) => candidate.name === name);
  if (question === undefined) throw new Error(`there is no question ${name}`);
  const rows = await archive.ask((engine) => rowsOf(engine, questionSql(question, values, duckdb)));
  const [{ name: period = '' } = {}] = question.columns;
  return rows.map((row) => [row[period], row[count]]);
}

describe.each(spans.map((span, index) => [span[0], span[3][1]?.[0], span, index] as const))(
  'in %s around %s',
  (timezone, _, [, from, to, days], index) => {
    const range = { since: new Date(from), until: new Date(to), timezone };
    const all = { ...range, configurationSet: `all-${index}` };
    const ends = { ...range, configurationSet: `ends-${index}` };

    it('daily and trend have each day once, with its length', async () => {
      expect(await counts('daily', 'sent', all)).toEqual(days);
      expect(await counts('trend', 'sent', { ...all, by: 'day' })).toEqual(days);
    });

    it('daily and trend have the day without mail once', async () => {
      const few = days.map(([day], at) => [day, at === 1 ? 0 : 1]);
      expect(await counts('daily', 'sent', ends)).toEqual(few);
      expect(await counts('trend', 'sent', { ...ends, by: 'day' })).toEqual(few);
    });

    it('missing has each day, the newest first', async () => {
      expect(await counts('missing', 'messages', all)).toEqual([...days].reverse());
    });
  },
);

describe('longer periods', () => {
  it('begin on the local Monday', async () => {
    const berlin = { configurationSet: 'all-0', timezone: 'Europe/Berlin', by: 'week' } as const;
    expect(await counts('trend', 'sent', berlin)).toEqual([
      ['2026-03-23', 94],
      ['2026-03-30', 48],
    ]);
    expect(await counts('trend', 'sent', { ...berlin, timezone: 'UTC' })).toEqual([
      ['2026-03-23', 98],
      ['2026-03-30', 44],
    ]);
  });

  it('begin on the first local day of a month', async () => {
    const newYork = { configurationSet: 'all-3', timezone: 'America/New_York', by: 'month' } as const;
    expect(await counts('trend', 'sent', newYork)).toEqual([
      ['2026-10-01', 48],
      ['2026-11-01', 98],
    ]);
  });
});

describe('the SQL of a question', () => {
  const trend = questions().find(({ name }) => name === 'trend');
  const sql = (values: ParameterValues) => (trend === undefined ? '' : questionSql(trend, values, duckdb));

  it('is the same in UTC as without a zone', () => {
    expect(sql({ timezone: 'utc' })).toBe(sql({}));
    expect(sql({})).not.toContain('TIME ZONE');
  });

  it.each(["UTC'; DROP TABLE event_rows; --", 'Europe/Berlin{limit}', 'EST', '+02:00'])(
    'is refused with the zone %j',
    (timezone) => {
      expect(() => sql({ timezone })).toThrow(`there is no time zone ${JSON.stringify(timezone)}`);
    },
  );
});

describe('the local time of the engine', () => {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  // Rules of the future differ between versions of the time zone database.
  const between = {
    min: Date.parse('2011-01-01T00:00Z') / 1000,
    max: Date.parse('2022-01-01T00:00Z') / 1000,
  };

  it('equals that of Intl for any time and zone', async () => {
    // Their versions of the database can differ by a zone.
    const names = (await archive.rows('SELECT name FROM pg_timezone_names()')).map(({ name }) => name);
    const zones = Intl.supportedValuesOf('timeZone').filter((zone) => names.includes(zone));
    expect(zones.length).toBeGreaterThan(400);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.array(fc.integer(between), { minLength: 1, maxLength: 50 }),
        async (zone, seconds) => {
          const times = seconds.map((second) => new Date(second * 1000));
          const list = times.map((time) => `TIMESTAMP '${time.toISOString().slice(0, 19)}'`).join(', ');
          const local = duckdb.localTime('time', zone);
          const rows = await archive.rows(
            `SELECT strftime(${local}, '%Y-%m-%d %H:%M:%S') AS local FROM (SELECT unnest([${list}]) AS time)`,
          );
          expect(rows.map((row) => row.local)).toEqual(times.map((time) => format(zone).format(time)));
        },
      ),
    );
  });
});
