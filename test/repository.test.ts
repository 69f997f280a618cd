import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const scripted = ['.ci/run', ...workflows];

/** Returns the first capture of each match in a file. */
const captures = (path: string, pattern: RegExp) =>
  [...read(path).matchAll(pattern)].map(([, text = '']) => text);

describe('the address of the repository', () => {
  const [, address = ''] =
    /^git\+(https:\/\/github\.com\/[\w.-]+\/ses-event-archive)\.git$/.exec(manifest.repository.url) ?? [];

  it('has the form from which npm derives other addresses', () => {
    expect(manifest.repository).toEqual({ type: 'git', url: `git+${address}.git` });
  });

  it('is the base of the addresses of the issues and the readme', () => {
    expect(manifest.bugs).toEqual({ url: `${address}/issues` });
    expect(manifest.homepage).toBe(`${address}#readme`);
  });

  it('is the same in all files', () => {
    const written = /https:\/\/github\.com\/[\w.-]+\/ses-event-archive\b/g;
    const files = execFileSync(
      'git',
      ['grep', '--untracked', '-lIE', 'github\\.com/[A-Za-z0-9_.-]+/ses-event-archive'],
      { cwd: root, encoding: 'utf8' },
    );
    const elsewhere = files
      .trim()
      .split('\n')
      .flatMap((path) =>
        (read(path).match(written) ?? [])
          .filter((found) => found !== address)
          .map((found) => `${path}: ${found}`),
      );
    expect(elsewhere).toEqual([]);
  });
});

describe('the versions of Node', () => {
  const oldest = read('.nvmrc').trim();

  it('have the same minimum in .nvmrc, package.json and the types', () => {
    expect(manifest.engines.node).toMatch(new RegExp(`^>=${oldest}\\.`));
    expect(manifest.devDependencies['@types/node']).toMatch(new RegExp(`^${oldest}\\.`));
  });

  it('are the same in the workflow and in .ci/run', () => {
    expect(captures('.github/workflows/check.yml', /node: \[(.+)\]/g)).toEqual([`${oldest}, 22, 24`]);
    expect(captures('.ci/run', /for version in (.+);/g)).toEqual([`${oldest} 22 24`]);
  });
});

describe('workflows', () => {
  it.each(scripted)('%s runs existing scripts of package.json', (path) => {
    const names = captures(path, /npm run ([\w:-]+)/g);
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(names));
  });

  it.each(workflows)('%s pins its actions and declares its permissions', (path) => {
    const used = captures(path, /uses: (\S+)/g);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
    expect(read(path)).toMatch(/^permissions:/m);
    expect(read(path)).not.toMatch(/write-all/);
  });

  it.each(workflows)('%s runs no dependency scripts and stores no credentials', (path) => {
    expect(captures(path, /(npm ci.*)/g).filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
    const checkouts = captures(path, /(uses: actions\/checkout@)/g);
    expect(captures(path, /(persist-credentials: false)/g)).toHaveLength(checkouts.length);
  });

  it('publish with provenance, with an id token for the release only', () => {
    const release = read('.github/workflows/release.yml');
    expect(release).toContain('npm publish --provenance');
    expect(release).toMatch(/^permissions: \{\}$/m);
    expect(captures('.github/workflows/release.yml', /(\S+: write)/g)).toEqual(['id-token: write']);
    expect(captures('.github/workflows/check.yml', /(\S+: write)/g)).toEqual([]);
  });
});
