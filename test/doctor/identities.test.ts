import { judgeUse } from '../../consumer/doctor/identities';
import { found, place, refused } from './healthy';

describe('the use of the configuration set', () => {
  const sets = (of: Record<string, string>) => found({ lookedAt: ['shop.example'], sets: of });
  const judgeFor = (of: Record<string, string>, isArriving = false) =>
    judgeUse(found(['shop.example']), sets(of), { place, isArriving });

  it('is by default, or told by what arrives', () => {
    expect(judgeFor({ 'shop.example': 'newsletter' })).toMatchObject({
      status: 'ok',
      message: 'newsletter is the default of shop.example',
    });
    expect(judgeFor({}, true)).toMatchObject({ status: 'ok' });
  });

  it('may be left to every mail', () => {
    for (const others of [{}, { 'shop.example': 'other' }]) {
      expect(judgeFor(others)).toMatchObject({
        check: 'use',
        status: 'warning',
        message: 'no identity has newsletter as its default: only mail that names it makes events',
        fix: expect.stringContaining('--email-identity shop.example --configuration-set-name newsletter'),
      });
    }
    const more = judgeUse(found(['shop.example', 'b.example']), sets({}), { place, isArriving: false });
    expect(more.message).toContain('none of 1 identities has newsletter');
  });

  it('is not possible without an identity', () => {
    expect(judgeUse(found([]), undefined, { place, isArriving: false })).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('no identity is verified in eu-west-1'),
    });
  });

  it('may not be looked at', () => {
    expect(judgeUse(refused, undefined, { place, isArriving: false }).status).toBe('warning');
    expect(judgeUse(found(['a']), refused, { place, isArriving: false }).status).toBe('warning');
  });
});
