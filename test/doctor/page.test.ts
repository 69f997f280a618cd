import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../consumer/doctor/findings/finding';
import { pageBlocks } from '../aws-cli/page-blocks';
import { readSources, root } from '../package/source-files';

const page = readFileSync(join(root, 'docs', 'doctor.md'), 'utf8');

const sources = [...readSources(['consumer'])].filter(([path]) => path.startsWith('consumer/doctor/'));

/** The actions of all requests in the sources, except the one that needs no permission. */
function askedActions(): string[] {
  const named = sources.flatMap(([, source]) =>
    [...source.matchAll(/\bcall\(\s*'([a-z0-9]+:\w+)'/g)].map(([, action = '']) => action),
  );
  return [...new Set(named)].filter((action) => action !== 'sts:GetCallerIdentity');
}

describe('docs/doctor.md', () => {
  it('can be compared, because every request names its action', () => {
    const nameless = sources.flatMap(([path, source]) =>
      (source.match(/(?<!function )\bcall\((?!\s*')/g) ?? []).map(() => path),
    );
    // The action of a policy's text is that of the request before it.
    expect(nameless).toEqual(['consumer/doctor/policies/policy-text.ts']);
  });

  it('allows exactly the actions of the requests', () => {
    const [block] = pageBlocks(page).filter(({ language }) => language === 'json');
    const { Statement }: { Statement: { Action: string[] }[] } = JSON.parse(block?.code ?? '');
    // SendEmail is for --send only; the reader of sources requests GetObject.
    const wanted = askedActions().filter((action) => action !== 'ses:SendEmail');
    expect([...(Statement[0]?.Action ?? [])].sort()).toEqual([...wanted, 's3:GetObject'].sort());
    expect(page).toContain('`ses:SendEmail`');
  });

  it('explains every check, in order', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, check]) => check);
    expect(rows).toEqual(checks.filter((check) => check !== 'send'));
  });
});
