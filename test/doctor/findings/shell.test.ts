import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { awsCommand, shellWord } from '../../../consumer/doctor/findings/shell';
import { runs } from '../../property-runs';

describe('a command to paste', () => {
  it('names the region, except for IAM', () => {
    const place = { region: 'eu-west-1' };
    expect(awsCommand(place, 'kms', 'enable-key', '--key-id', 'k')).toBe(
      'aws kms enable-key --key-id k --region eu-west-1',
    );
    expect(awsCommand(place, 'iam', 'get-role', '--role-name', 'a b')).toBe(
      "aws iam get-role --role-name 'a b'",
    );
  });

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
});
