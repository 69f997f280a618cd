import { age, few } from '../../../consumer/doctor/findings/wording';

describe('an age', () => {
  it.each([
    [-5, '0 seconds'],
    [999, '0 seconds'],
    [1000, '1 second'],
    [59_999, '59 seconds'],
    [60_000, '1 minute'],
    [3 * 3_600_000, '3 hours'],
    [49 * 3_600_000, '2 days'],
  ])('of %d milliseconds is %s', (milliseconds, text) => {
    expect(age(milliseconds)).toBe(text);
  });
});

describe('a shortened list', () => {
  it.each([
    [[], ''],
    [['a', 'b', 'a'], 'a, b'],
    [['a', 'b', 'c'], 'a, b, c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('of %j are %j', (texts, sentence) => {
    expect(few(texts)).toBe(sentence);
  });
});
