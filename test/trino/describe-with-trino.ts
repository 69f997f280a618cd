import { missingForTrino } from './installation';

/**
 * Describes what needs Trino, as `describe` does. Without a Java that it runs on, or Maven to fetch it with, the
 * tests are skipped with a line that says so or, with REQUIRE_JAVA=1, fail.
 */
function describeWithTrino(name: string, tests: () => void): void {
  const missing = missingForTrino();
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_JAVA === '1') {
    describe(name, () => {
      it('has what Trino needs', () => {
        throw new Error(`REQUIRE_JAVA=1, and ${missing}`);
      });
    });
  } else {
    process.stderr.write(`${name}: not run, ${missing}\n`);
    describe.skip(name, tests);
  }
}

export { describeWithTrino };
