import { colored, hasColors } from '../../../consumer/cli/output/colors';
import { KeptOutput } from '../kept-output';

const shows = (isTerminal: boolean, env: Readonly<Record<string, string>>) =>
  hasColors({ stdout: new KeptOutput({ isTerminal }), env });

describe('standard output has colors', () => {
  it.each([
    ['on a terminal', true, { TERM: 'xterm-256color' }],
    ['with an empty NO_COLOR', true, { TERM: 'xterm', NO_COLOR: '' }],
    ['with FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }],
    ['with FORCE_COLOR on a dumb terminal', true, { TERM: 'dumb', FORCE_COLOR: '1' }],
  ])('%s', (_, isTerminal, env) => {
    expect(shows(isTerminal, env)).toBe(true);
  });
});

describe('standard output has no colors', () => {
  it.each([
    ['in a pipe', false, { TERM: 'xterm-256color' }],
    ['with NO_COLOR', true, { TERM: 'xterm', NO_COLOR: '1' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
    ['on an unknown terminal', true, {}],
    ['with FORCE_COLOR=0', true, { TERM: 'xterm', FORCE_COLOR: '0' }],
    ['with NODE_DISABLE_COLORS', true, { TERM: 'xterm', NODE_DISABLE_COLORS: '1' }],
  ])('%s', (_, isTerminal, env) => {
    expect(shows(isTerminal, env)).toBe(false);
  });
});

it('a colored text is the text between two escapes', () => {
  expect(colored('danger', 'red')).toBe('\u001b[31mdanger\u001b[39m');
});
