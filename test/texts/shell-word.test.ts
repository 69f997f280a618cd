import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellWord } from '../../consumer/texts/shell-word';
import { runs } from '../property-runs';

describe('a word of a shell', () => {
  it('quotes each text as one word of a shell', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
        const script = `printf '%s\\n--\\n' ${texts.map(shellWord).join(' ')}`;
        const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        expect(printed).toBe(texts.map((one) => `${one}\n--\n`).join(''));
      }),
      { numRuns: runs(30) },
    );
  });

  it('quotes a word that zsh would replace by the path of a command', () => {
    expect([shellWord('=ls'), shellWord('campaign=welcome')]).toEqual(["'=ls'", 'campaign=welcome']);
  });
});
