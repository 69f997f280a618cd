import { installTrino, missingForTrino } from './installation';

/** Installs Trino before jest starts workers, which would all fetch it at once on a new machine. */
async function installOnce(): Promise<void> {
  if (missingForTrino() === undefined) installTrino();
}

export default installOnce; // what jest looks for
