import { type ReadSampleObject, readSample } from './read-sample';

const reservedDomain = /(?:^|\.)example(?:\.(?:com|net|org))?$/;
const reservedAddress = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;
const placeholderAccounts = ['111122223333', '000000000000'];

/** Returns the different matches of a pattern's first group. */
function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, part = '']) => part))];
}

describe('a sample', () => {
  let text: string;

  beforeAll(async () => {
    const archive: ReadSampleObject[] = await readSample({ events: 20_000, seed: 1 });
    // The records without their envelopes. Addresses in links are encoded.
    const records = archive.flatMap(({ read }) => read.events.map(({ raw }) => raw));
    const uncompressed = archive.filter(({ object }) => !object.key.endsWith('.gz'));
    text = [...records, ...uncompressed.map(({ object }) => object.bytes)]
      .map((bytes) => Buffer.from(bytes).toString())
      .join('\n')
      .replaceAll('%40', '@');
  });

  it('contains only email addresses and links with reserved domains', () => {
    const hosts = [
      ...found(text, /@([\w-]+(?:\.[\w-]+)+)/g),
      ...found(text, /https?:\/\/([\w.-]+)/g),
      ...found(text, /mailto:[\w.]+@([\w.-]+)/g),
    ];
    expect(hosts.length).toBeGreaterThan(10);
    expect(hosts.filter((host) => !reservedDomain.test(host))).toEqual([]);
  });

  it('contains only host names in reserved domains', () => {
    const hosts = found(
      text,
      /\b((?:[a-z0-9-]+\.)+(?:com|net|org|edu|gov|info|io|dev|cloud|app|eu|de|uk))\b/gi,
    );
    expect(hosts.filter((host) => !reservedDomain.test(host))).toEqual([]);
  });

  it('contains only IP addresses reserved for documentation', () => {
    // A version such as Chrome/141.0.0.0 follows a slash.
    const addresses = found(text, /(?<![\d./])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])/g);
    expect(addresses.length).toBeGreaterThan(100);
    expect(addresses.filter((address) => !reservedAddress.test(address))).toEqual([]);
    const longAddresses = found(text, /"([0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]*)"/g);
    expect(longAddresses.length).toBeGreaterThan(100);
    expect(longAddresses.filter((address) => !address.startsWith('2001:db8:'))).toEqual([]);
  });

  it('contains only placeholder account ids', () => {
    const accounts = found(text, /"(?:sendingAccountId|account|awsAccountId)":"(\d+)"/g);
    expect(accounts.sort()).toEqual([...placeholderAccounts].sort());
    expect(found(text, /arn:aws:[a-z]+:[a-z0-9-]*:(\d+)/g).sort()).toEqual([...placeholderAccounts].sort());
  });
});
