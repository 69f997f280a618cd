import { pythonExecutables } from './environment';

/**
 * Like `describe`, for tests that require the packages of `test/python/requirements.txt`; `executables` is the folder of
 * their commands and of `python`. Without Python the tests are skipped with a message or, with REQUIRE_PYTHON=1, fail.
 */
function describeWithPython(name: string, tests: (executables: string) => void): void {
  const executables = pythonExecutables();
  if (executables !== undefined) {
    describe(name, () => tests(executables));
  } else if (process.env.REQUIRE_PYTHON === '1') {
    describe(name, () => {
      it('has Python', () => {
        throw new Error('REQUIRE_PYTHON=1, and there is no Python 3.11 or newer with venv and pip');
      });
    });
  } else {
    process.stderr.write(`${name}: not run, there is no Python 3.11 or newer with venv and pip\n`);
    describe.skip(name, () => tests(''));
  }
}

export { describeWithPython };
