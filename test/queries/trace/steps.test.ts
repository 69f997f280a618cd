import { type Traced, traced } from '../../../consumer/queries/trace/steps';

describe('the subject of a trace', () => {
  it.each<[text: string, what: string, of: Traced]>([
    ['alone', 'a message', { messageId: 'alone' }],
    [' alone ', 'a message', { messageId: 'alone' }],
    ['<alone@eu-west-1.amazonses.com>', 'a message', { messageId: 'alone' }],
    ['alone@email.amazonses.com', 'a message', { messageId: 'alone' }],
    ['<alone@amazonses.com>', 'a message', { messageId: 'alone' }],
    ['ana@example.com', 'a recipient', { address: 'ana@example.com' }],
    ['Ana <ANA@example.com>', 'a recipient', { address: 'ana@example.com' }],
    ['bounce@simulator.amazonses.com', 'a recipient', { address: 'bounce@simulator.amazonses.com' }],
    ['<Ooto+1@Simulator.amazonses.com>', 'a recipient', { address: 'ooto+1@simulator.amazonses.com' }],
  ])('%j is %s', (text, _, of) => {
    expect(traced(text)).toEqual(of);
  });
});
