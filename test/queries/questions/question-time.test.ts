import { parseQuestion, questions } from '../../../consumer/queries/questions/question';

const text = (time: string) =>
  [
    '-- title: Which?',
    '-- description: Some.',
    '-- parameters: since',
    ...(time === '' ? [] : [`-- time: ${time}`]),
    '-- window: when it happened',
    '-- column: a | count | A.',
    'SELECT 1 AS a',
  ].join('\n');

/** The time that each placeholder filters by. */
const filtered: Readonly<Record<string, readonly string[]>> = {
  '{happened}': ['happened', 'arrived'],
  '{sent}': ['sent'],
  '{delivered}': ['delivered'],
};

const beginnings = {
  happened: 'when the events happened',
  sent: 'when the messages were sent; what became of them counts whenever it happened',
  delivered: 'when Firehose began to gather the objects',
  arrived: 'when the events happened, whenever they arrived',
};

describe('the time that a question is about', () => {
  it.each(questions().map((question) => [question.name, question] as const))(
    'is what %s filters by, and what its sentence says',
    (_, { body, time, window }) => {
      const used = Object.keys(filtered).filter((placeholder) => body.includes(placeholder));
      expect(used).not.toEqual([]);
      for (const placeholder of used) expect(filtered[placeholder]).toContain(time);
      expect(window).toBe(beginnings[time]);
    },
  );

  it('is one of four', () => {
    expect(parseQuestion('which', text('sent')).time).toBe('sent');
    expect(() => parseQuestion('which', text('yesterday'))).toThrow(
      'the question which has an unknown time yesterday: write one of happened, sent, delivered, arrived',
    );
    expect(() => parseQuestion('which', text(''))).toThrow("the question which has 0 lines '-- time: …'");
  });
});
