import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from './fault-rule';
import { Faults } from './faults';
import type { OperationName } from './operation';
import { replyTo } from './reply';
import { readRequest, type S3Request } from './s3-request';
import { sendAnswer } from './send-answer';
import { Store } from './store';
import { type ObjectOptions, storedObject } from './stored-object';

interface S3ServerOptions {
  /** Buckets that exist although nothing is put in them. */
  buckets?: readonly string[];
  /**
   * The port of a server that was closed before, as if it had come back.
   * @default - a free one
   */
  port?: number;
}

/** A request as the server answered it, so that tests can count requests instead of timing them. */
interface LoggedRequest {
  readonly method: string;
  /** Undefined for a request that the server does not know. */
  readonly operation: OperationName | undefined;
  readonly bucket: string;
  readonly key?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly range?: string;
  readonly status: number;
}

/**
 * A subset of S3 over HTTP, path style, in memory, for tests that run the real SDK client: it lists, reads,
 * writes and deletes objects, and fails when it is told to. What it does not know it answers with 501.
 *
 * Signatures and the checksums of uploads are not checked: any credentials will do.
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
  private readonly unheard = new Set<string>();

  private constructor(
    private readonly server: Server,
    options: S3ServerOptions,
  ) {
    this.port = (server.address() as AddressInfo).port; // it listens on a port, not on a pipe
    this.endpoint = `http://127.0.0.1:${this.port}`;
    for (const bucket of options.buckets ?? []) this.store.bucket(bucket);
    // A connection that idles in a slow test must not be closed just when the client uses it again.
    server.keepAliveTimeout = 0;
    server.on('request', (incoming, response) => void this.serve(incoming, response));
  }

  /** Starts a server on the loopback interface. */
  static async start(options: S3ServerOptions = {}): Promise<S3Server> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return new S3Server(server, options);
  }

  /** All requests so far, in the order they were answered. */
  get requests(): readonly LoggedRequest[] {
    return this.log;
  }

  /** Stores an object as if it had been uploaded; makes its bucket if need be. */
  put(bucket: string, key: string, body: Buffer, options: ObjectOptions = {}): void {
    this.store.bucket(bucket).put(key, storedObject(body, options));
  }

  remove(bucket: string, key: string): void {
    this.store.bucket(bucket).remove(key);
  }

  /** From now on every request for the bucket is answered with AccessDenied. */
  deny(bucket: string): void {
    this.store.deny(bucket);
  }

  /** Makes the next matching requests fail. */
  fail(rule: FaultRule): void {
    this.faults.add(rule);
  }

  /** From now on requests are answered as if they had no such headers, as some servers that speak S3 do. */
  ignore(...headers: Lowercase<string>[]): void {
    for (const header of headers) this.unheard.add(header);
  }

  /**
   * Stops at once: open connections are destroyed.
   *
   * @throws what the server itself, or a change that a test gave it, has thrown meanwhile
   */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
    if (this.unexpected.length > 0) throw this.unexpected[0];
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      const heard = Object.entries(request.headers).filter(([name]) => !this.unheard.has(name));
      const { operation, answer, bodyFault, change } = replyTo(
        { ...request, headers: Object.fromEntries(heard) },
        this.store,
        this.faults,
      );
      this.record(request, operation, answer.status);
      change?.change();
      sendAnswer(response, answer, bodyFault);
    } catch (error) {
      // A client may go away while it sends, and that is no mistake of the server's.
      if (incoming.complete) this.unexpected.push(error);
      response.destroy();
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
