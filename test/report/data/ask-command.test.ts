import { execFileSync } from 'node:child_process';
import { questions } from '../../../consumer/queries/questions/question';
import { askCommand } from '../../../consumer/report/data/ask-command';
import { redactedText } from '../../../consumer/texts/redacted-text';

const trend = questions().find(({ name }) => name === 'trend');
if (trend === undefined) throw new Error('there is no question trend');

describe('the command for an answer', () => {
  it('has the parameters of the answer', () => {
    const values = {
      since: new Date('2026-03-01T00:00:00Z'),
      until: new Date('2026-03-02T06:00:00Z'),
      timezone: 'UTC',
      by: 'day',
      limit: 'all',
    } as const;
    expect(askCommand({ question: trend, values })).toBe(
      'ses-events ask trend --since 2026-03-01 --until 2026-03-02T06:00:00.000Z --by day --limit all',
    );
  });

  it('names a day of its time zone', () => {
    const values = { since: new Date('2026-03-28T23:00:00Z'), timezone: 'Europe/Berlin' };
    expect(askCommand({ question: trend, values })).toBe(
      'ses-events ask trend --since 2026-03-29 --timezone Europe/Berlin',
    );
  });

  it('quotes a filter for the shell, and shows control characters as escapes', () => {
    const tag = { name: 'a b', value: "x'; rm -rf $HOME \u202e" };
    const command = askCommand({ question: trend, values: { tag, domain: '$(id)' } });
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' });
    expect(words.split('\n').slice(0, -1)).toEqual([
      ...['ses-events', 'ask', 'trend', '--tag', "a b=x'; rm -rf $HOME \\u202e", '--domain', '$(id)'],
    ]);
  });

  it('remains one command when values are masked', () => {
    const domain = "a'@x; echo injected #";
    const command = askCommand({ question: trend, values: { domain } }, redactedText);
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' });
    expect(words.split('\n').slice(3, -1)).toEqual(['--domain', '***@x; echo injected #']);
  });
});
