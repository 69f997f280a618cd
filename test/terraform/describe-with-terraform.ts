import { missingTerraform, removeFolders } from './terraform';

afterAll(removeFolders);

/**
 * A `describe` for tests that need Terraform: where it is missing they are skipped with a line that says so, or, with
 * REQUIRE_TERRAFORM=1, fail.
 */
function describeWithTerraform(name: string, tests: () => void): void {
  const missing = missingTerraform();
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_TERRAFORM === '1') {
    describe(name, () => {
      it('finds Terraform and the AWS provider', () => {
        throw new Error(`REQUIRE_TERRAFORM=1, and there is no usable Terraform: ${missing}`);
      });
    });
  } else {
    process.stderr.write(`skipped, there is no usable Terraform: ${name}: ${missing.split('\n')[0]}\n`);
    describe.skip(name, tests);
  }
}

export { describeWithTerraform };
