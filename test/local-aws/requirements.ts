import { pythonExecutables } from '../python/environment';
import { missingTerraform, removeFolders } from '../terraform/terraform';

/** Returns the missing requirement of a local AWS with a deployed stack. Undefined if there is none. */
function missingRequirement(): string | undefined {
  const reason = missingTerraform();
  removeFolders();
  if (reason !== undefined) return `no usable Terraform: ${reason.split('\n')[0]}`;
  return pythonExecutables() === undefined ? 'no Python 3.11 or newer with venv and pip' : undefined;
}

export { missingRequirement };
