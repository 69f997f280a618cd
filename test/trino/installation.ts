import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findJava } from './java';

/** The newest version whose complete server is in Maven Central. */
const trinoVersion = '476';
/** The oldest supported version of Java. */
const javaVersion = 24;

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ses-event-archive');
/** The plugins of the tests: tables of lines, and Iceberg tables. */
const plugins = ['hive', 'iceberg'];
const installation = join(cache, `trino-${trinoVersion}-${plugins.join('-')}`);

/** Runs the Maven client, which locates artifacts and verifies their checksums. */
function runMaven(...args: readonly string[]): void {
  const { status, stdout, error } = spawnSync(
    'mvn',
    ['--batch-mode', '--strict-checksums', '--no-transfer-progress', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`mvn ${args.join(' ')} failed with exit code ${status}\n${stdout}`);
}

/** Downloads the archive of the server (820 MB) to a Maven repository in a folder, and returns its path. */
function fetchServer(folder: string): string {
  const artifact = `io.trino:trino-server:${trinoVersion}:tar.gz`;
  // Not the user's repository, which would keep the archive.
  const repository = join(folder, 'repository');
  process.stderr.write(`fetching ${artifact} with Maven\n`);
  runMaven(
    `-Dmaven.repo.local=${repository}`,
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get',
    `-Dartifact=${artifact}`,
    '-Dtransitive=false',
  );
  return join(repository, 'io/trino/trino-server', trinoVersion, `trino-server-${trinoVersion}.tar.gz`);
}

/**
 * Returns the folder of a Trino server, from an earlier run or from Maven Central. Only the plugins of the tests
 * are kept.
 */
function installTrino(): string {
  if (existsSync(installation)) return installation;
  const unfinished = join(cache, `unfinished-${process.pid}`);
  mkdirSync(unfinished, { recursive: true });
  try {
    // All files, because plugins link to each other's files.
    execFileSync('tar', ['xzf', fetchServer(unfinished), '-C', unfinished]);
    const extracted = join(unfinished, `trino-server-${trinoVersion}`);
    for (const plugin of readdirSync(join(extracted, 'plugin'))) {
      if (!plugins.includes(plugin)) rmSync(join(extracted, 'plugin', plugin), { recursive: true });
    }
    renameSync(extracted, installation);
    return installation;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The reason why Trino cannot run here, if there is one. */
function missingForTrino(): string | undefined {
  if (findJava(javaVersion) === undefined)
    return `there is no Java ${javaVersion} or newer: install it or set JAVA_HOME`;
  if (!existsSync(installation) && spawnSync('mvn', ['--version']).status !== 0)
    return 'there is no Maven (mvn) to download Trino: install it';
  return undefined;
}

export { installTrino, javaVersion, missingForTrino, trinoVersion };
