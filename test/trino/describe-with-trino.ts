import { missingForTrino } from './installation';

/**
 * Describes tests that require Trino, like `describe`. Without the required Java, or Maven to download Trino, the
 * tests are skipped with a note on standard error or, with REQUIRE_JAVA=1, fail.
 */
function describeWithTrino(name: string, tests: () => void): void {
  const missing = missingForTrino();
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_JAVA === '1') {
    describe(name, () => {
      it('has the requirements of Trino', () => {
        throw new Error(`REQUIRE_JAVA=1, but ${missing}`);
      });
    });
  } else {
    process.stderr.write(`${name}: not run, ${missing}\n`);
    describe.skip(name, tests);
  }
}

export { describeWithTrino };
