import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The newest of which Maven Central has the whole server. */
const trinoVersion = '476';
/** What it needs. */
const javaVersion = 24;

const archive = `https://repo1.maven.org/maven2/io/trino/trino-server/${trinoVersion}/trino-server-${trinoVersion}.tar.gz`;

async function download(url: string, file: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || response.body === null)
    throw new Error(`cannot fetch ${url}: status ${response.status}`);
  // The DOM's stream type is another than Node's for the same object.
  await pipeline(
    Readable.fromWeb(response.body as import('node:stream/web').ReadableStream),
    createWriteStream(file),
  );
}

async function sha1(file: string): Promise<string> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * The folder of a Trino server: the one of an earlier run, or fetched from Maven Central (820 MB) and checked
 * against its digest. Only the plugin that reads tables of files is kept.
 */
async function installTrino(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ses-event-archive');
  const folder = join(cache, `trino-${trinoVersion}`);
  if (existsSync(folder)) return folder;
  const unfinished = join(cache, `unfinished-${process.pid}`);
  mkdirSync(unfinished, { recursive: true });
  try {
    const file = join(unfinished, 'trino.tar.gz');
    process.stderr.write(`fetching ${archive}\n`);
    await download(archive, file);
    const expected = (await (await fetch(`${archive}.sha1`)).text()).trim();
    const found = await sha1(file);
    if (found !== expected)
      throw new Error(`the digest of ${archive} is ${found}, not ${expected}: try again`);
    execFileSync('tar', ['xzf', file, '-C', unfinished]); // its plugins are links to one another: all of it
    const extracted = join(unfinished, `trino-server-${trinoVersion}`);
    for (const plugin of readdirSync(join(extracted, 'plugin'))) {
      if (plugin !== 'hive') rmSync(join(extracted, 'plugin', plugin), { recursive: true });
    }
    renameSync(extracted, folder);
    return folder;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

export { installTrino, javaVersion, trinoVersion };
