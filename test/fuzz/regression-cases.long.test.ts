import fc from 'fast-check';
import { fuzzers } from './fuzzers';
import { formatCase, parseCase, regressionCases } from './regression-cases';

describe.each(fuzzers.map((fuzzer) => [fuzzer.name, fuzzer] as const))(
  'the regression cases of %s',
  (name, fuzzer) => {
    afterAll(() => fuzzer.close?.());

    it.each(regressionCases(name).map((saved) => [saved.description, saved] as const))(
      '%s',
      async (_, { input }) => {
        await fuzzer.check(input);
      },
    );
  },
);

describe('the file of a case', () => {
  it('is read as it was written, including any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(
        fc.string(),
        bytes,
        fc.array(bytes),
        fc.nat(),
        fc.string(),
        (description, one, list, number, text) => {
          const input = { one: Buffer.from(one), list: list.map((some) => Buffer.from(some)), number, text };
          expect(parseCase('name', formatCase(description, input))).toEqual({
            name: 'name',
            description,
            input,
          });
        },
      ),
    );
  });
});
