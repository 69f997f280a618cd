import { account, key } from '../modules/configurations';

/** Computed attributes whose form the provider checks. */
const resources: Readonly<Record<string, Record<string, string>>> = {
  aws_s3_bucket: { id: 'made-bucket', arn: 'arn:aws:s3:::made-bucket' },
  aws_iam_role: { id: 'made-role', arn: `arn:aws:iam::${account}:role/made-role` },
  aws_kms_key: { arn: key, key_id: '0f1e2d3c-0000-4000-8000-000000000000' },
  aws_kinesis_firehose_delivery_stream: {
    arn: `arn:aws:firehose:eu-west-1:${account}:deliverystream/made-stream`,
  },
  aws_sns_topic: { arn: `arn:aws:sns:eu-west-1:${account}:made-topic` },
  aws_sqs_queue: {
    arn: `arn:aws:sqs:eu-west-1:${account}:made-queue`,
    url: `https://sqs.eu-west-1.amazonaws.com/${account}/made-queue`,
  },
};

const dataSources: Readonly<Record<string, Record<string, string>>> = {
  aws_caller_identity: { account_id: account },
  aws_region: { id: 'eu-west-1' },
  aws_partition: { partition: 'aws', dns_suffix: 'amazonaws.com' },
};

function mocks(kind: string, entries: Readonly<Record<string, Record<string, string>>>): string {
  return Object.entries(entries)
    .map(([type, defaults]) => {
      const lines = Object.entries(defaults).map(
        ([name, value]) => `      ${name} = ${JSON.stringify(value)}`,
      );
      return `  ${kind} ${JSON.stringify(type)} {\n    defaults = {\n${lines.join('\n')}\n    }\n  }`;
    })
    .join('\n');
}

/** Returns a mocked provider for `terraform test`, with an optional alias. */
function mockProvider(alias?: string): string {
  const name = alias === undefined ? '' : `  alias = ${JSON.stringify(alias)}\n`;
  return `mock_provider "aws" {\n${name}${mocks('mock_resource', resources)}\n${mocks('mock_data', dataSources)}\n}\n`;
}

export { mockProvider };
