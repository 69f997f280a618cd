import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request on its way to AWS. */
interface AwsRequest {
  /** SQS's action (`DeleteMessageBatch`), or S3's method and path (`GET /bucket/key`). */
  name: string;
  body: string;
}

/** The fault of a request that is not forwarded. */
type Fault =
  /** It gets this HTTP status and the error code of AWS. */
  | { status: number; code: string }
  /** Its response ends after this number of bytes of the body. */
  | { cutAt: number };

/** Handles each request, which waits for the returned promise. */
type Watcher = (request: AwsRequest) => Fault | undefined | Promise<Fault | undefined>;

function requestName({ method, url, headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  const path = decodeURIComponent(url?.split('?')[0] ?? '');
  return typeof target === 'string' ? (target.split('.')[1] ?? target) : `${method} ${path}`;
}

/** A proxy between a client and the server in the place of AWS. It can count, delay and spoil requests. */
class AwsProxy {
  /** Names of the requests so far. */
  readonly requests: string[] = [];
  watcher: Watcher = () => undefined;
  private readonly server: Server = createServer(
    (incoming, outgoing) => void this.forward(incoming, outgoing),
  );

  private constructor(private readonly target: URL) {}

  /** Starts a proxy of a server. */
  static async start(target: string): Promise<AwsProxy> {
    const proxy = new AwsProxy(new URL(target));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}`;
  }

  /** The number of requests with this name. */
  count(name: string): number {
    return this.requests.filter((other) => other === name).length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const name = requestName(incoming);
    const body = await buffer(incoming);
    this.requests.push(name);
    const fault = await this.watcher({ name, body: body.toString() });
    if (fault !== undefined && 'status' in fault) {
      const { status, code } = fault;
      const isS3 = name.includes(' ');
      const text = isS3
        ? `<Error><Code>${code}</Code><Message>as the test wants it</Message></Error>`
        : JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: 'as the test wants it' });
      outgoing.writeHead(status, { 'Content-Type': isS3 ? 'application/xml' : 'application/x-amz-json-1.0' });
      outgoing.end(incoming.method === 'HEAD' ? '' : text);
      return;
    }
    const { hostname, port } = this.target;
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, async (answer) => {
      const content = await buffer(answer);
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: 'close' });
      if (fault === undefined) outgoing.end(content);
      else outgoing.write(content.subarray(0, fault.cutAt), () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }
}

export { AwsProxy };
