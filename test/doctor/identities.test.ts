import { judgeUse } from '../../consumer/doctor/identities';
import { found, place, refused } from './healthy';

describe('the use of the configuration set', () => {
  const sets = (of: Record<string, string>) => found({ examined: ['shop.example'], sets: of });
  const judgeFor = (of: Record<string, string>, isArriving = false) =>
    judgeUse(found(['shop.example']), sets(of), { place, isArriving });

  it('is proved by the default of an identity or by arrivals', () => {
    expect(judgeFor({ 'shop.example': 'newsletter' })).toMatchObject({
      status: 'ok',
      message: 'newsletter is the default configuration set of shop.example',
    });
    expect(judgeFor({}, true)).toMatchObject({ status: 'ok' });
  });

  it('is a warning if it depends on each message', () => {
    for (const others of [{}, { 'shop.example': 'other' }]) {
      expect(judgeFor(others)).toMatchObject({
        check: 'use',
        status: 'warning',
        message:
          'newsletter is not the default configuration set of any identity: only messages that name it cause events',
        fix: expect.stringContaining('--email-identity shop.example --configuration-set-name newsletter'),
      });
    }
    const more = judgeUse(found(['shop.example', 'b.example']), sets({}), { place, isArriving: false });
    expect(more.message).toContain('not the default configuration set of the 1 identities examined');
  });

  it('is a warning without a verified identity', () => {
    expect(judgeUse(found([]), undefined, { place, isArriving: false })).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('no identity is verified in eu-west-1'),
    });
  });

  it('is a warning without permission to read identities', () => {
    expect(judgeUse(refused, undefined, { place, isArriving: false }).status).toBe('warning');
    expect(judgeUse(found(['a']), refused, { place, isArriving: false }).status).toBe('warning');
  });
});
