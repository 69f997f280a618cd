import { cookieValue, isSameSecret, newToken } from '../../../../consumer/report/server/access/secret';

describe('secrets', () => {
  it('are different at each start, and have 256 bits', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it.each([
    ['', '', true],
    ['token', 'token', true],
    ['token', 'Token', false],
    ['token', 'token ', false],
    ['', 'token', false],
  ])('%j and %j are the same: %j', (one, other, isSame) => expect(isSameSecret(one, other)).toBe(isSame));

  it('have a cookie that depends on the token and on the port', () => {
    const cookies = [cookieValue('a', 1), cookieValue('a', 2), cookieValue('b', 1)];
    expect(new Set(cookies).size).toBe(3);
    expect(cookieValue('a', 1)).toBe(cookies[0]);
  });
});
