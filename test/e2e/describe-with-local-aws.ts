import { LocalAws, type LocalAwsFixture } from '../local-aws/local-aws';
import { missingRequirement } from '../local-aws/requirements';
import { Sandbox } from '../local-aws/sandbox/sandbox';
import { pythonExecutables } from '../python/environment';

/**
 * A `describe` for tests that deploy to a local AWS, which exists only while a test runs. Without Terraform or Python,
 * the tests are skipped and reported. With REQUIRE_E2E=1 they fail.
 */
function describeWithLocalAws(name: string, tests: (fixture: () => LocalAwsFixture) => void): void {
  const reason = missingRequirement();
  let fixture: LocalAwsFixture | undefined;
  const local = () => {
    if (fixture === undefined) throw new Error('the local AWS exists only while a test runs');
    return fixture;
  };
  if (reason === undefined) {
    describe(name, () => {
      beforeAll(async () => {
        const sandbox = new Sandbox();
        fixture = { sandbox, aws: await LocalAws.start(sandbox, pythonExecutables() ?? '') };
      });
      afterAll(async () => {
        await fixture?.aws.close();
        await fixture?.sandbox.close();
      });
      tests(local);
    });
  } else if (process.env.REQUIRE_E2E === '1') {
    describe(name, () => {
      it('finds Terraform and Python', () => {
        throw new Error(`there is ${reason} (REQUIRE_E2E=1)`);
      });
    });
  } else {
    process.stderr.write(`${name}: not run, there is ${reason}\n`);
    describe.skip(name, () => tests(local));
  }
}

export { describeWithLocalAws };
