import { installTrino, missingForTrino } from './installation';

/** Installs Trino before jest starts workers, which would all download it at the same time. */
function installOnce(): void {
  if (missingForTrino() === undefined) installTrino();
}

export default installOnce; // required by jest
