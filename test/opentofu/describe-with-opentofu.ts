import { removeFolders } from '../terraform/terraform';
import { missingOpenTofu } from './installation';
import { prepareTofu, type Tofu } from './open-tofu';

/**
 * A `describe` for tests that require OpenTofu. Without OpenTofu, and Go to build it, they are skipped with a message, or
 * fail with REQUIRE_OPENTOFU=1.
 */
function describeWithOpenTofu(name: string, tests: (tofu: Tofu) => void): void {
  const missing = missingOpenTofu();
  if (missing === undefined) {
    afterAll(removeFolders);
    describe(name, () => tests(prepareTofu()));
  } else if (process.env.REQUIRE_OPENTOFU === '1') {
    describe(name, () => {
      it('finds OpenTofu', () => {
        throw new Error(`REQUIRE_OPENTOFU=1, but ${missing}`);
      });
    });
  } else {
    // .ci/run searches the log for "not run, there is no".
    process.stderr.write(`${name}: not run, ${missing}\n`);
    describe.skip(name, () => tests({ command: 'tofu', config: '' }));
  }
}

export { describeWithOpenTofu };
