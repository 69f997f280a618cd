import { pythonExecutables } from '../python/environment';
import { missingTerraform, removeFolders } from '../terraform/terraform';
import { LocalAws } from './local-aws';
import { Sandbox } from './sandbox/sandbox';

/** An AWS of a test file's own, and the sandbox that it runs in. */
interface LocalAwsFixture {
  readonly sandbox: Sandbox;
  readonly aws: LocalAws;
}

/** What is not here and has to be; undefined when all is. */
function missing(): string | undefined {
  const reason = missingTerraform();
  removeFolders();
  if (reason !== undefined) return `no usable Terraform: ${reason.split('\n')[0]}`;
  return pythonExecutables() === undefined ? 'no Python 3.11 or newer with venv and pip' : undefined;
}

/**
 * A `describe` for tests that deploy to a local AWS, which is there once a test runs. Without Terraform or Python they
 * are skipped with a line that says so or, with REQUIRE_E2E=1, fail.
 */
function describeWithLocalAws(name: string, tests: (fixture: () => LocalAwsFixture) => void): void {
  const reason = missing();
  let fixture: LocalAwsFixture | undefined;
  const local = () => {
    if (fixture === undefined) throw new Error('the local AWS is there once a test runs');
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
        throw new Error(`REQUIRE_E2E=1, and there is ${reason}`);
      });
    });
  } else {
    process.stderr.write(`${name}: not run, there is ${reason}\n`);
    describe.skip(name, () => tests(local));
  }
}

export { describeWithLocalAws, type LocalAwsFixture };
