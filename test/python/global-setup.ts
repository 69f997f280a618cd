import { pythonExecutables } from './environment';

/** Installs the Python packages before Jest starts workers, which would install them concurrently. */
function installPython(): void {
  pythonExecutables();
}

export default installPython; // Jest requires a default export
