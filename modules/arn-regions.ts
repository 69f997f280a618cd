import { Token } from 'cdktf';
import type { ConfigurationIssue } from './settings/configuration-error';
import type { StreamProps } from './settings/stream-props.generated';

/** The settings that name something of the stream's region by its ARN. */
const regional = ['kmsKeyArn', 'feedbackTopicArn', 'processorFunctionArn', 'alarmActions'] as const;

/**
 * ARNs of another region than the stream's, as far as both are known: AWS would refuse each of them in the middle of
 * an apply.
 * @example arnRegionIssues({ kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/a' }, 'eu-west-1')
 */
function arnRegionIssues(props: StreamProps, region: string): ConfigurationIssue[] {
  if (Token.isUnresolved(region)) return [];
  return regional.flatMap((setting) =>
    [props[setting] ?? []]
      .flat()
      .filter((arn) => !Token.isUnresolved(arn) && ![region, ''].includes(arn.split(':')[3] ?? ''))
      .map((arn) => ({
        setting,
        message: `"${arn}" is in ${arn.split(':')[3]}, and the rest in ${region}: name one of ${region}`,
      })),
  );
}

export { arnRegionIssues };
