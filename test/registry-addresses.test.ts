import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Hosts of package registries. Each dot is escaped, so that this file names none of them. */
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
  // Without a scheme it is the first part of a provider's name, not an address.
  /\bhttps?:\/\/registry\.(terraform|opentofu)\b/,
];

/** The files of the repository, without those that npm writes. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const isOurs = (path: string) => path !== '' && path !== 'package-lock.json';
  // A file that was removed and not yet committed is still listed.
  return listed.split('\0').filter((path) => isOurs(path) && existsSync(join(root, path)));
}

/** The registry hosts that a text names. */
const registriesIn = (text: string) => hosts.flatMap((host) => host.exec(text)?.[0] ?? []);

describe('the search for registries', () => {
  const joined = (...parts: string[]) => parts.join('.'); // no address in this file either

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
  ])('leaves %s', (text) => {
    expect(registriesIn(text)).toEqual([]);
  });
});

describe('the repository', () => {
  it('leaves to package clients where packages come from', () => {
    const paths = files();
    expect(paths).toEqual(expect.arrayContaining(['package.json', '.ci/run', 'test/trino/installation.ts']));
    const found = paths.flatMap((path) =>
      registriesIn(readFileSync(join(root, path), 'latin1')).map((host) => `${path}: ${host}`),
    );
    expect(found).toEqual([]);
  });
});
