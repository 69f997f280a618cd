import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../consumer/cli/process/package-root';
import { sesEventTypes } from '../../../modules/configuration-set/event-types';

const untracked = sesEventTypes.filter((kind) => kind !== 'OPEN' && kind !== 'CLICK');

describe('the pages about deployment', () => {
  it.each([
    'README.md',
    'terraform/README.md',
    'docs/adopting.md',
    'docs/aws-cli.md',
    'docs/deploying.md',
    'docs/security.md',
  ])('explain that opens and clicks change mail, and how to record them: %s', (path) => {
    const page = readFileSync(join(packageRoot(), path), 'utf8');
    expect(page).toMatch(/OPEN.{1,9}CLICK/);
    expect(page).toMatch(/#open-and-click-tracking|## Open and click tracking/);
    expect(page).toMatch(
      path === 'docs/aws-cli.md' ? `"${untracked.join('", "')}"\n` : /engagement(Tracking|_tracking)/,
    );
  });
});
