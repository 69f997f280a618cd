/** Options to access S3, or another server with the same protocol. Plain data. */
interface S3Options {
  /**
   * The URL of another server. Buckets then have path-style addresses.
   * @default - AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, or AWS
   */
  endpoint?: string | undefined;
  /**
   * @default - AWS_REGION, AWS_DEFAULT_REGION, or the configuration of the SDK; us-east-1 with an endpoint
   */
  region?: string | undefined;
  /**
   * Whether the bucket is in the path of addresses rather than in the hostname.
   * @default - true with an endpoint, otherwise false
   */
  forcePathStyle?: boolean | undefined;
}

export type { S3Options };
