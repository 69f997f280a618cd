import { parseQuestion, questions } from '../../../consumer/queries/questions/question';

const text = (time: string) =>
  [
    '-- title: Count',
    '-- description: A count.',
    '-- parameters: since',
    ...(time === '' ? [] : [`-- time: ${time}`]),
    '-- window: by event time',
    '-- column: a | count | A.',
    'SELECT 1 AS a',
  ].join('\n');

/** The time that each placeholder filters by. */
const filtered: Readonly<Record<string, readonly string[]>> = {
  '{happened}': ['happened', 'arrived'],
  '{sent}': ['sent'],
  '{sentMessages}': ['sent'],
  '{sentEmails}': ['sent'],
  '{found}': ['sent'],
  '{delivered}': ['delivered'],
};

const windows = {
  happened: 'by event time',
  sent: 'by send time, with all later outcomes',
  delivered: 'by object time (when Firehose started to collect the object)',
  arrived: 'by event time, whenever the events arrived',
};

describe('the time of a question', () => {
  it.each(questions().map((question) => [question.name, question] as const))(
    'matches the filter and the window text of %s',
    (_, { body, time, window }) => {
      const used = Object.keys(filtered).filter((placeholder) => body.includes(placeholder));
      expect(used).not.toEqual([]);
      for (const placeholder of used) expect(filtered[placeholder]).toContain(time);
      expect(window).toBe(windows[time]);
    },
  );

  it('is one of four', () => {
    expect(parseQuestion('which', text('sent')).time).toBe('sent');
    expect(() => parseQuestion('which', text('yesterday'))).toThrow(
      'the question which has an unknown time yesterday: use one of happened, sent, delivered, arrived',
    );
    expect(() => parseQuestion('which', text(''))).toThrow("the question which has 0 lines '-- time: …'");
  });
});
