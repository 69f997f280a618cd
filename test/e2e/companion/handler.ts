/** A call of an AWS service, as a client of it has sent it. */
interface AwsRequest {
  /** The service that the signature names: `s3`, `ses`, `firehose`; empty without a signature. */
  service: string;
  /** The region that the signature names. */
  region: string;
  /** What `X-Amz-Target` names, such as `PutRecordBatch`; undefined for services that say it by method and path. */
  operation: string | undefined;
  method: string;
  /** As it was sent, percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What a client of an AWS service is answered. */
interface AwsAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** Answers a call; undefined when the call is not for it, and the next one is asked. */
type Handler = (request: AwsRequest) => Promise<AwsAnswer | undefined>;

export type { AwsAnswer, AwsRequest, Handler };
