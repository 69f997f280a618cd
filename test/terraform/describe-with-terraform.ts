import { missingTerraform, removeFolders } from './terraform';

afterAll(removeFolders);

/**
 * A `describe` for tests that require Terraform. Without Terraform they are skipped with a message, or fail with
 * REQUIRE_TERRAFORM=1.
 */
function describeWithTerraform(name: string, tests: () => void): void {
  const missing = missingTerraform();
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_TERRAFORM === '1') {
    describe(name, () => {
      it('finds Terraform and the AWS provider', () => {
        throw new Error(`REQUIRE_TERRAFORM=1, but there is no usable Terraform: ${missing}`);
      });
    });
  } else {
    process.stderr.write(`skipped, there is no usable Terraform: ${name}: ${missing.split('\n')[0]}\n`);
    describe.skip(name, tests);
  }
}

export { describeWithTerraform };
