import { missingOpenTofu, openTofu } from './installation';

/** Builds OpenTofu before jest starts workers, which would all build it at the same time. */
function installOnce(): void {
  if (missingOpenTofu() === undefined) openTofu();
}

export default installOnce; // required by jest
