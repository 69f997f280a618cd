import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findJava } from './java';

/** The newest of which Maven Central has the whole server. */
const trinoVersion = '476';
/** The oldest Java that it runs on. */
const javaVersion = 24;

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ses-event-archive');
const installation = join(cache, `trino-${trinoVersion}`);

/** Runs the Maven client, which knows where artifacts come from and compares their checksums. */
function runMaven(...args: readonly string[]): void {
  const { status, stdout, error } = spawnSync(
    'mvn',
    ['--batch-mode', '--strict-checksums', '--no-transfer-progress', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`mvn ${args.join(' ')} failed with exit code ${status}\n${stdout}`);
}

/** Fetches the server's archive (820 MB) into a Maven repository in a folder, and gives the archive's path. */
function fetchServer(folder: string): string {
  const artifact = `io.trino:trino-server:${trinoVersion}:tar.gz`;
  // Not the user's own repository, which would keep the archive for good.
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
 * The folder of a Trino server: the one of an earlier run, or a new one from Maven Central. Only the plugin that
 * reads tables of files is kept.
 */
function installTrino(): string {
  if (existsSync(installation)) return installation;
  const unfinished = join(cache, `unfinished-${process.pid}`);
  mkdirSync(unfinished, { recursive: true });
  try {
    // All of it: its plugins are links to one another.
    execFileSync('tar', ['xzf', fetchServer(unfinished), '-C', unfinished]);
    const extracted = join(unfinished, `trino-server-${trinoVersion}`);
    for (const plugin of readdirSync(join(extracted, 'plugin'))) {
      if (plugin !== 'hive') rmSync(join(extracted, 'plugin', plugin), { recursive: true });
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
    return `there is no Java ${javaVersion} or newer; JAVA_HOME may name one`;
  if (!existsSync(installation) && spawnSync('mvn', ['--version']).status !== 0)
    return 'there is no Maven (mvn) to fetch Trino with';
  return undefined;
}

export { installTrino, javaVersion, missingForTrino, trinoVersion };
