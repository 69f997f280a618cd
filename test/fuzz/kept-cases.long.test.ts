import fc from 'fast-check';
import { fuzzers } from './fuzzers';
import { caseOf, caseText, keptCases } from './kept-cases';

describe.each(fuzzers.map((fuzzer) => [fuzzer.name, fuzzer] as const))(
  'a case kept of %s',
  (name, fuzzer) => {
    afterAll(() => fuzzer.close?.());

    it.each(keptCases(name).map((kept) => [kept.what, kept] as const))('%s', async (_, { input }) => {
      await fuzzer.check(input);
    });
  },
);

describe('the file of a case', () => {
  it('is read back as what was written, bytes of any sort included', () => {
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
        (what, one, list, number, text) => {
          const input = { one: Buffer.from(one), list: list.map((some) => Buffer.from(some)), number, text };
          expect(caseOf('name', caseText(what, input))).toEqual({ name: 'name', what, input });
        },
      ),
    );
  });
});
