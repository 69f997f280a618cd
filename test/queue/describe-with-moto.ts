import { pythonExecutables } from '../python/environment';

/**
 * Like `describe`, for tests that require moto; `executables` is the folder of `moto_server`. Without
 * Python the tests are skipped with a message or, with REQUIRE_PYTHON=1, fail.
 */
function describeWithMoto(name: string, tests: (executables: string) => void): void {
  const executables = pythonExecutables();
  if (executables !== undefined) {
    describe(name, () => tests(executables));
  } else if (process.env.REQUIRE_PYTHON === '1') {
    describe(name, () => {
      it('has Python with moto', () => {
        throw new Error('REQUIRE_PYTHON=1, and there is no Python 3.11 or newer with venv and pip');
      });
    });
  } else {
    process.stderr.write(`${name}: not run, there is no Python 3.11 or newer with venv and pip\n`);
    describe.skip(name, () => tests(''));
  }
}

export { describeWithMoto };
