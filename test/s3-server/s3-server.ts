import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from './fault-rule';
import { Faults } from './faults';
import { handleRequest } from './handle-request';
import type { OperationName } from './operation';
import { readRequest, type S3Request } from './s3-request';
import { sendResponse } from './send-response';
import { Store } from './store';
import { type ObjectOptions, storedObject } from './stored-object';

interface S3ServerOptions {
  /** Buckets that exist from the start, without objects. */
  buckets?: readonly string[];
  /**
   * The port, for example of a server that was closed before.
   * @default - a free port
   */
  port?: number;
}

/** A logged request. With the log, tests can count requests instead of measuring time. */
interface LoggedRequest {
  readonly method: string;
  /** Undefined for a request that is not supported. */
  readonly operation: OperationName | undefined;
  readonly bucket: string;
  readonly key?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly range?: string;
  readonly status: number;
}

/**
 * A subset of S3 over HTTP, path style, in memory, for tests with the real SDK client. It lists, reads,
 * writes and deletes objects, and can inject faults. Unsupported requests get status 501.
 *
 * Any credentials work: signatures and the checksums of uploads are not checked.
 *
 * @example
 * const server = await S3Server.start();
 * server.put('archive', 'a.json', Buffer.from('{}'));
 * server.fail({ kind: 'error', code: 'SlowDown', operation: 'GetObject', times: 2 });
 * const client = new S3Client({ endpoint: server.endpoint, forcePathStyle: true, region: 'us-east-1', credentials });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
class S3Server {
  readonly endpoint: string;
  readonly port: number;
  private readonly store = new Store();
  private readonly faults = new Faults();
  private readonly log: LoggedRequest[] = [];
  private readonly unexpected: unknown[] = [];
  private readonly ignoredHeaders = new Set<string>();

  private constructor(
    private readonly server: Server,
    options: S3ServerOptions,
  ) {
    this.port = (server.address() as AddressInfo).port; // an AddressInfo, because the server listens on a port
    this.endpoint = `http://127.0.0.1:${this.port}`;
    for (const bucket of options.buckets ?? []) this.store.bucket(bucket);
    // An idle connection of a slow test must not be closed at the moment when the client reuses it.
    server.keepAliveTimeout = 0;
    server.on('request', (incoming, outgoing) => void this.serve(incoming, outgoing));
  }

  /** Starts a server on the loopback interface. */
  static async start(options: S3ServerOptions = {}): Promise<S3Server> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return new S3Server(server, options);
  }

  /** All requests so far, in the order of their responses. */
  get requests(): readonly LoggedRequest[] {
    return this.log;
  }

  /** Stores an object, like an upload. Creates the bucket if it does not exist. */
  put(bucket: string, key: string, body: Buffer, options: ObjectOptions = {}): void {
    this.store.bucket(bucket).put(key, storedObject(body, options));
  }

  remove(bucket: string, key: string): void {
    this.store.bucket(bucket).remove(key);
  }

  /** Responds with AccessDenied to all later requests for a bucket. */
  deny(bucket: string): void {
    this.store.deny(bucket);
  }

  /** Injects a fault into the next matching requests. */
  fail(rule: FaultRule): void {
    this.faults.add(rule);
  }

  /** Ignores these headers in later requests, as some S3-compatible servers do. */
  ignore(...headers: Lowercase<string>[]): void {
    for (const header of headers) this.ignoredHeaders.add(header);
  }

  /**
   * Stops immediately and closes open connections.
   *
   * @throws the first unexpected error of the server or of a change that a test injected
   */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
    if (this.unexpected.length > 0) throw this.unexpected[0];
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      const headers = Object.entries(request.headers).filter(([name]) => !this.ignoredHeaders.has(name));
      const { operation, response, bodyFault, change } = handleRequest(
        { ...request, headers: Object.fromEntries(headers) },
        this.store,
        this.faults,
      );
      this.record(request, operation, response.status);
      change?.change();
      sendResponse(outgoing, response, bodyFault);
    } catch (error) {
      // A client that disconnects while it sends is not an error of the server.
      if (incoming.complete) this.unexpected.push(error);
      outgoing.destroy();
    }
  }

  private record(request: S3Request, operation: OperationName | undefined, status: number): void {
    const { method, bucket, key, query, headers } = request;
    this.log.push({
      method,
      operation,
      bucket,
      ...(key !== undefined && { key }),
      query,
      ...(headers.range !== undefined && { range: headers.range }),
      status,
    });
  }
}

export { S3Server };
