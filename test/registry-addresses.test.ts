import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Hosts of package registries. The dots are escaped, so that this file does not contain the hosts. */
const hosts = [
  /\bregistry\.npmjs\.(org|com)\b/,
  /\bregistry\.yarnpkg\.com\b/,
  /\bnpm\.pkg\.github\.com\b/,
  /\bpypi\.(org|python\.org)\b/,
  /\bpythonhosted\.org\b/,
  /\brepo1?\.maven\.(org|apache\.org)\b/,
  /\b(central|oss)\.sonatype\.(com|org)\b/,
  /\bproxy\.golang\.org\b/,
  /\bcrates\.io\b/,
  /\brubygems\.org\b/,
  /\bdeb\.debian\.org\b/,
  // Without a scheme, it is the first part of a provider name and not an address.
  /\bhttps?:\/\/registry\.(terraform|opentofu)\b/,
];

/** Returns the files of the repository, without the lock file, which npm writes. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const isIncluded = (path: string) => path !== '' && path !== 'package-lock.json';
  // Git also lists files whose removal is not committed yet.
  return listed.split('\0').filter((path) => isIncluded(path) && existsSync(join(root, path)));
}

/** Returns the registry hosts in a text. */
const registriesIn = (text: string) => hosts.flatMap((host) => host.exec(text)?.[0] ?? []);

describe('the search for registries', () => {
  const joined = (...parts: string[]) => parts.join('.'); // so that this file does not contain the addresses

  it.each([
    `https://${joined('registry', 'npmjs', 'org')}/zod`,
    `--index-url https://${joined('pypi', 'org')}/simple`,
    `https://${joined('files', 'pythonhosted', 'org')}/packages`,
    `https://${joined('repo1', 'maven', 'org')}/maven2`,
    `https://${joined('repo', 'maven', 'apache', 'org')}/maven2`,
    `GOPROXY=https://${joined('proxy', 'golang', 'org')}`,
    `https://${joined('static', 'crates', 'io')}/crates`,
    `https://${joined('registry', 'terraform', 'io')}/v1/providers`,
  ])('finds %s', (text) => {
    expect(registriesIn(text)).toHaveLength(1);
  });

  it.each([
    'registry.terraform.io/hashicorp/aws',
    'io.trino:trino-server:476:tar.gz',
    'https://docs.aws.amazon.com/ses/latest/dg/event-publishing.html',
    'npm install ses-event-archive',
  ])('finds no registry in %s', (text) => {
    expect(registriesIn(text)).toEqual([]);
  });
});

describe('the repository', () => {
  it('contains no registry addresses, so that package clients use their configuration', () => {
    const paths = files();
    expect(paths).toEqual(expect.arrayContaining(['package.json', '.ci/run', 'test/trino/installation.ts']));
    const found = paths.flatMap((path) =>
      registriesIn(readFileSync(join(root, path), 'latin1')).map((host) => `${path}: ${host}`),
    );
    expect(found).toEqual([]);
  });
});
