import { networkInterfaces } from 'node:os';
import { isKnownHost, namesOf } from '../../../../consumer/report/server/access/host-names';

describe('the names of a server', () => {
  it.each(['127.0.0.1', '::1', '127.0.0.2'])('on %s are those of loopback', (host) => {
    for (const name of ['localhost', '127.0.0.1:8025', '[::1]:8025'])
      expect(isKnownHost(name, namesOf(host))).toBe(true);
    expect(isKnownHost('192.0.2.1', namesOf(host))).toBe(false);
  });

  it('on another address are only this address', () => {
    const names = namesOf('192.0.2.1');
    expect(isKnownHost('192.0.2.1:8025', names)).toBe(true);
    expect(isKnownHost('localhost:8025', names)).toBe(false);
  });

  it.each(['0.0.0.0', '::'])('on %s are those of every address of the machine', (host) => {
    const names = namesOf(host);
    const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
    for (const { address, family } of addresses)
      expect(isKnownHost(family === 'IPv6' ? `[${address}]:1` : `${address}:1`, names)).toBe(true);
    expect(isKnownHost('localhost', names)).toBe(true);
    expect(isKnownHost('evil.example', names)).toBe(false);
  });

  it.each([
    undefined,
    '',
    ':8025',
    'localhost:',
    'localhost:x',
    'localhost:123456',
    'localhost.',
    'user@localhost',
    '[::1',
    'localhost, evil.example',
  ])('do not include %j', (header) => expect(isKnownHost(header, namesOf('127.0.0.1'))).toBe(false));
});
