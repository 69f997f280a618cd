import { addressParts } from '../../../../consumer/archive/erasure/spellings/address';

describe('an address to forget', () => {
  it.each([
    ['ana@example.com', 'ana', 'example.com'],
    ['ana+news@bücher.example', 'ana+news', 'bücher.example'],
    ['"ana"@example.com', 'ana', 'example.com'],
    ['"a b"@example.com', 'a b', 'example.com'],
    ['"a@b"@example.com', 'a@b', 'example.com'],
    ['"a\\"b"@example.com', 'a"b', 'example.com'],
    ['"a, b <c>"@example.com', 'a, b <c>', 'example.com'],
  ])('%s has two parts', (text, local, domain) => {
    expect(addressParts(text)).toEqual({ local, domain });
  });

  it.each([
    'ana',
    '@example.com',
    'ana@',
    'a b@example.com',
    '"a b@example.com',
    'a b"@example.com',
    '"a"b"@example.com',
    '"a\\"@example.com',
    '""@example.com',
    'Ana <ana@example.com>',
    '"Ana" <ana@example.com>',
    'ana@example.com, bo@example.com',
    '"a b"@exam ple.com',
  ])('%s is rejected', (text) => {
    expect(() => addressParts(text)).toThrow('is not a valid email address');
  });
});
