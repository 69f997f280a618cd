import { pythonExecutables } from '../python/environment';
import { missingTerraform, removeFolders } from '../terraform/terraform';
import { LocalAws } from './local-aws';
import { Sandbox } from './sandbox/sandbox';

/** A local AWS for one test file, with its sandbox. */
interface LocalAwsFixture {
  readonly sandbox: Sandbox;
  readonly aws: LocalAws;
}

/** Returns the missing requirement, if there is one. */
function missing(): string | undefined {
  const reason = missingTerraform();
  removeFolders();
  if (reason !== undefined) return `no usable Terraform: ${reason.split('\n')[0]}`;
  return pythonExecutables() === undefined ? 'no Python 3.11 or newer with venv and pip' : undefined;
}

/**
 * A `describe` for tests that deploy to a local AWS, which exists only while a test runs. Without Terraform or Python,
 * the tests are skipped and reported. With REQUIRE_E2E=1 they fail.
 */
function describeWithLocalAws(name: string, tests: (fixture: () => LocalAwsFixture) => void): void {
  const reason = missing();
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

export { describeWithLocalAws, type LocalAwsFixture };
