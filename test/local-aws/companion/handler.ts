/** A request to an AWS service. */
interface AwsRequest {
  /** The service in the signature: `s3`, `ses`, `firehose`; empty without a signature. */
  service: string;
  /** The region in the signature. */
  region: string;
  /** The operation in `X-Amz-Target`, such as `PutRecordBatch`; undefined for services with operations by method and path. */
  operation: string | undefined;
  method: string;
  /** The path as sent, percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** A response to a client of an AWS service. */
interface AwsAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** Handles a request. Returns undefined for other requests, which go to the next handler. */
type Handler = (request: AwsRequest) => Promise<AwsAnswer | undefined>;

export type { AwsAnswer, AwsRequest, Handler };
