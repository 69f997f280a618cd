import { questions } from '../../../consumer/queries/questions/question';
import { AnswerTable, columnLabel, type TableColumn } from '../../../consumer/report/components/answer-table';
import type { Answered } from '../../../consumer/report/data/answers';

const question = questions().find(({ name }) => name === 'trend');
if (question === undefined) throw new Error('there is no question trend');

const row = (period: string, sent: number, bounce_rate: number | null) => ({
  ...{ period, sent, bounce_rate, bounce_verdict: 'review' as const, complaint_rate: 0 },
  ...{ complaint_verdict: 'ok' as const, delivered: 0, bounced: 0, complained: 0 },
});

/** Returns the table of some rows of `trend`. */
function table(columns: readonly TableColumn[], rows = [row('2026-03-01', 1234, 0.05)], total = rows.length) {
  const answered: Answered = { question: trend, values: {}, unused: [], rows, total, address: undefined };
  return String(<AnswerTable answered={answered} columns={columns} caption="Rates" />);
}
const trend = question;

describe('the table of an answer', () => {
  it('formats each column by its type, with the meaning of the column', () => {
    const html = table([
      { name: 'period' },
      { name: 'sent' },
      { name: 'bounce_rate' },
      { name: 'bounce_verdict' },
    ]);
    expect(html).toContain('<td><bdi>2026-03-01</bdi></td>');
    expect(html).toContain('<td class="number">1,234</td>');
    expect(html).toContain('<td class="number">5.00%</td>');
    expect(html).toContain('<span class="verdict review">review</span>');
    expect(html).toMatch(
      /<th scope="col" data-column="sent" class="number" title="Emails that SES accepted[^"]*">Sent</,
    );
  });

  it('shows a dash where there is no value', () => {
    expect(table([{ name: 'bounce_rate' }], [row('2026-03-01', 0, null)])).toContain(
      '<td class="number">–</td>',
    );
  });

  it('has bars relative to the highest number', () => {
    const html = table([{ name: 'sent', hasBar: true }], [row('a', 40, 0), row('b', 10, 0), row('c', 0, 0)]);
    const widths = [...html.matchAll(/class="mark-bar" width="(\d+)"/g)].map(([, width]) => width);
    expect(widths).toEqual(['100', '25', '0']);
  });

  it('links a number to its rows, unless it is 0', () => {
    const link = ({ period }: Record<string, unknown>) => `/emails?period=${period}&x="`;
    const html = table([{ name: 'sent', link }], [row('a', 40, 0), row('b', 0, 0)]);
    expect(html).toContain('<a href="/emails?period=a&amp;x=&quot;">40</a>');
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it('has no link that a server would refuse', () => {
    const link = () => `/emails?x=${'a'.repeat(2_000)}`;
    expect(table([{ name: 'sent', link }])).not.toContain('<a ');
  });

  it('counts the rows beyond the limit', () => {
    expect(table([{ name: 'sent' }], undefined, 3)).toContain(
      '2 more rows: raise --limit in the command below.',
    );
    expect(table([{ name: 'sent' }])).not.toContain('more rows');
  });

  it.each([
    ['bounce_rate', 'Bounce rate'],
    ['p50', 'P50'],
  ])('names the column %s %s', (name, label) => {
    expect(columnLabel(name)).toBe(label);
  });
});
