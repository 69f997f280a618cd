import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installTrino, javaVersion } from './installation';
import { findJava } from './java';

/** Athena's name of the Glue catalog, which the texts of views contain. */
const catalog = 'awsdatacatalog';

/** The connector of Iceberg tables. Athena has one catalog for all tables: the other connector leads here. */
const icebergCatalog = 'iceberg';

/** The database of the tests. */
const schema = 'ses';

/** The work of a query on the server. Planning is not included. */
interface QueryStatistics {
  /** Bytes that were read from files. */
  physicalInputBytes: number;
  /** Processor time of all threads, in milliseconds. */
  cpuTimeMillis: number;
}

/** The result of a query: columns with Trino's types, and rows as in Trino's JSON. */
interface TrinoResult {
  columns: readonly { name: string; type: string }[];
  rows: readonly (readonly unknown[])[];
  /** Rows that the statement has changed. */
  updateCount?: number | undefined;
  statistics: QueryStatistics;
}

/** A page of Trino's protocol. */
interface Page {
  nextUri?: string;
  columns?: { name: string; type: string }[];
  data?: unknown[][];
  updateCount?: number;
  /** Of the work until this page. The last page has the sums. */
  stats: QueryStatistics;
  error?: { message: string; errorName: string };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server has no port');
  return address.port;
}

/** A real Trino server, with a catalog of tables over files below a folder. */
class Trino {
  private constructor(
    private readonly child: ChildProcess,
    private readonly home: string,
    private readonly uri: string,
    /** The metastore's folder. */
    readonly metastore: string,
  ) {
    process.on('exit', this.kill);
  }

  /**
   * Starts a server and waits until it answers.
   * @param data the folder that tables can read: `local:///` for the server
   * @param memory of the server, in GB
   * @param queryMemory of one query, in GB: at most 0.7 of that of the server
   */
  static async start(data: string, memory = 3, queryMemory = memory / 3): Promise<Trino> {
    const java = findJava(javaVersion);
    if (java === undefined)
      throw new Error(`there is no Java ${javaVersion} or newer: install it or set JAVA_HOME`);
    const installation = installTrino();
    const home = mkdtempSync(join(tmpdir(), 'ses-events-trino-'));
    const port = await freePort();
    mkdirSync(join(home, 'etc', 'catalog'), { recursive: true });
    const metastore = join(data, 'metastore');
    const files = `hive.metastore.catalog.dir=local:///metastore\nhive.metastore.disable-location-checks=true\nfs.native-local.enabled=true\nlocal.location=${data}\n`;
    const properties = {
      'etc/config.properties': `node.environment=test\nnode.id=test\nplugin.dir=${installation}/plugin\ncoordinator=true\nnode-scheduler.include-coordinator=true\nhttp-server.http.port=${port}\ndiscovery.uri=http://127.0.0.1:${port}\nquery.max-memory=${queryMemory}GB\nquery.max-memory-per-node=${queryMemory}GB\nweb-ui.enabled=false\ncatalog.management=static\n`,
      'etc/log.properties': 'io.trino=WARN\nio.airlift=WARN\n',
      [`etc/catalog/${catalog}.properties`]: `connector.name=hive\nhive.metastore=file\n${files}hive.iceberg-catalog-name=${icebergCatalog}\nhive.partition-projection-enabled=true\nhive.ignore-absent-partitions=true\n`,
      [`etc/catalog/${icebergCatalog}.properties`]: `connector.name=iceberg\niceberg.catalog.type=TESTING_FILE_METASTORE\n${files}iceberg.expire-snapshots.min-retention=0s\niceberg.remove-orphan-files.min-retention=0s\nparquet.small-file-threshold=0B\nparquet.max-merge-distance=16kB\n`,
    };
    for (const [file, text] of Object.entries(properties)) writeFileSync(join(home, file), text);
    const child = spawn(
      java,
      [
        `-Xmx${memory}G`,
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=4',
        '--add-modules=jdk.incubator.vector',
        '-XX:+EnableDynamicAgentLoading',
        '-Duser.timezone=UTC',
        `-Dconfig=${home}/etc/config.properties`,
        `-Dlog.levels-file=${home}/etc/log.properties`,
        '-cp',
        `${installation}/lib/*`,
        'io.trino.server.TrinoServer',
      ],
      { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const log: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => log.push(bytes));
    const trino = new Trino(child, home, `http://127.0.0.1:${port}`, metastore);
    for (let attempt = 0; ; attempt++) {
      if (trino.hasEnded || attempt > 600) {
        const output = Buffer.concat(log).toString().slice(-3000);
        await trino.stop();
        throw new Error(`Trino did not start: ${output}`);
      }
      if (await trino.isReady()) return trino;
      await sleep(200);
    }
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async isReady(): Promise<boolean> {
    try {
      const info = (await (await fetch(`${this.uri}/v1/info`)).json()) as { starting: boolean };
      if (info.starting) return false;
      // Fails until the server has found itself as a node with these catalogs.
      for (const name of [catalog, icebergCatalog])
        await this.query(`SELECT count(*) FROM ${name}.information_schema.schemata`);
      return true;
    } catch {
      return false; // not listening, or without nodes yet
    }
  }

  /** Runs a statement in UTC, in the schema of the tests. */
  async query(sql: string): Promise<TrinoResult> {
    const headers = {
      'X-Trino-User': 'test',
      'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Catalog': catalog,
      'X-Trino-Schema': schema,
      // Otherwise, Trino reports every time as `timestamp`, without its precision.
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    };
    const rows: unknown[][] = [];
    let columns: Page['columns'] = [];
    let response = await fetch(`${this.uri}/v1/statement`, { method: 'POST', body: sql, headers });
    for (;;) {
      const page = (await response.json()) as Page;
      if (page.error !== undefined) throw new Error(`${page.error.errorName}: ${page.error.message}`);
      columns = page.columns ?? columns;
      rows.push(...(page.data ?? []));
      if (page.nextUri === undefined) {
        const { physicalInputBytes, cpuTimeMillis } = page.stats;
        return {
          columns,
          rows,
          updateCount: page.updateCount,
          statistics: { physicalInputBytes, cpuTimeMillis },
        };
      }
      response = await fetch(page.nextUri, { headers });
    }
  }

  private readonly kill = () => void this.child.kill('SIGKILL');

  /** Stops the server and removes its files. */
  async stop(): Promise<void> {
    process.off('exit', this.kill);
    if (!this.hasEnded) {
      this.kill();
      await once(this.child, 'exit');
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}

export { catalog, icebergCatalog, type QueryStatistics, schema, Trino, type TrinoResult };
