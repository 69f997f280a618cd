import fc from 'fast-check';
import { importLine, isPlainAddress } from '../../../consumer/cli/formats/suppression-formats';

describe('a line of an import file', () => {
  it('has two cells for every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (address) => {
        fc.pre(isPlainAddress(address));
        const line = importLine({ address, reason: 'BOUNCE' }, 'csv');
        expect(line.split(',')).toEqual([address, 'BOUNCE']);
        expect(line).not.toMatch(/["\r\n]/);
      }),
    );
  });

  it.each([
    'ana@example.com',
    '+a@example.com',
    '=a@example.com',
    "o'neil@example.com",
    'größe@bücher.example',
  ])('can contain %s', (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });
});
