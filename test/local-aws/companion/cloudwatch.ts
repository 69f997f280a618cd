import {
  CloudWatch,
  type CloudWatchClientConfig,
  type DescribeAlarmsInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import type { Handler } from './handler';

/**
 * Creates a client of CloudWatch for moto, which only supports the protocol of older clients.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/making-api-requests.html
 */
function motoCloudWatch(settings: CloudWatchClientConfig): CloudWatch {
  return new CloudWatch({ ...settings, protocol: AwsQueryProtocol });
}

/** Formats an answer as JSON, with times in seconds. */
function jsonOf(answer: object): string {
  return JSON.stringify(answer, function (this: Readonly<Record<string, unknown>>, key, member) {
    const own = this[key]; // JSON has already converted the member
    return own instanceof Date ? own.getTime() / 1000 : member;
  });
}

/** Responds to DescribeAlarms of current clients with the answer of moto. */
function describeAlarms(moto: string): Handler {
  return async ({ service, region, operation, body }) => {
    if (service !== 'monitoring' || operation !== 'DescribeAlarms') return undefined;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = motoCloudWatch({ endpoint: moto, region, credentials });
    const input: DescribeAlarmsInput = JSON.parse(body.toString());
    const { MetricAlarms, NextToken } = await client.describeAlarms(input).finally(() => client.destroy());
    const headers = { 'Content-Type': 'application/x-amz-json-1.0' };
    return { status: 200, headers, body: jsonOf({ MetricAlarms, NextToken }) };
  };
}

export { describeAlarms, motoCloudWatch };
