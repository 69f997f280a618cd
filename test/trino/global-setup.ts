import { installTrino, javaVersion } from './installation';
import { findJava } from './java';

/** Installs Trino before jest starts workers, which would all fetch it at once on a new machine. */
async function installOnce(): Promise<void> {
  if (findJava(javaVersion) !== undefined) await installTrino();
}

export default installOnce; // what jest looks for
