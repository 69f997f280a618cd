/** How to reach S3, or another server that speaks its protocol; plain data. */
interface S3Options {
  /**
   * Another server's URL; buckets are then addressed by path.
   * @default - AWS, or what AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL say
   */
  endpoint?: string | undefined;
  /** @default - AWS_REGION, AWS_DEFAULT_REGION, or what the configuration of the SDK says; us-east-1 with an endpoint */
  region?: string | undefined;
  /**
   * Whether buckets are addressed by path rather than by host name.
   * @default - true with an endpoint, otherwise false
   */
  forcePathStyle?: boolean | undefined;
}

export type { S3Options };
