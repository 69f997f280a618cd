import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';

/** The mocked attributes that the module offers to users' tests too. */
const mocks = readFileSync(join(packageRoot(), 'terraform', 'tests', 'mocks.tfmock.hcl'), 'utf8');

/** Returns a mocked provider for `terraform test`, with an optional alias. */
function mockProvider(alias?: string): string {
  const name = alias === undefined ? '' : `  alias = ${JSON.stringify(alias)}\n`;
  return `mock_provider "aws" {\n${name}${mocks}\n}\n`;
}

export { mockProvider };
