import { javaVersion } from './installation';
import { findJava } from './java';

/**
 * Describes what needs Trino, as `describe` does. Without a Java that it runs on the tests are skipped with a
 * line that says so or, with REQUIRE_JAVA=1, fail.
 */
function describeWithTrino(name: string, tests: () => void): void {
  const needed = `there is no Java ${javaVersion} or newer; JAVA_HOME may name one`;
  if (findJava(javaVersion) !== undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_JAVA === '1') {
    describe(name, () => {
      it('has a Java for Trino', () => {
        throw new Error(`REQUIRE_JAVA=1, and ${needed}`);
      });
    });
  } else {
    process.stderr.write(`${name}: not run, ${needed}\n`);
    describe.skip(name, tests);
  }
}

export { describeWithTrino };
