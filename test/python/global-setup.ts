import { pythonExecutables } from './environment';

/** Installs what the suites need of Python before jest starts workers, which would all do so at once. */
function installPython(): void {
  pythonExecutables();
}

export default installPython; // what jest looks for
