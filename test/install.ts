// Installs what suites require beside npm's packages: Python's packages, OpenTofu, and Trino. Each suite also does this
// itself, and then shows why it fails.
//
//     npm run test:install

import installOpenTofu from './opentofu/global-setup';
import installPython from './python/global-setup';
import installTrino from './trino/global-setup';

for (const install of [installPython, installOpenTofu, installTrino]) {
  try {
    install();
  } catch (error) {
    console.error(`error: ${(error as Error).message}`); // Node only throws instances of Error here
    process.exitCode = 1;
  }
}
