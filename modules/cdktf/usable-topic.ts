import { DataAwsKmsAlias } from '@cdktf/provider-aws/lib/data-aws-kms-alias';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  type TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { Construct, IConstruct } from 'constructs';

/** The alias of the key of SNS, which no other service can use. */
const snsKey = /(^|:)alias\/aws\/sns$/;

const resolver = new DefaultTokenResolver(new StringConcat());

/** Returns the expression of a value that may be a token, as Terraform reads it. */
function expressionOf(value: string, scope: IConstruct): string {
  return String(Tokenization.resolve(value, { scope, resolver, preparing: false }));
}

/** Whether a text names a resource or data source, as `${aws_sns_topic.alarms.arn}` names `aws_sns_topic.alarms`. */
function names(text: string, element: TerraformResource | TerraformDataSource): boolean {
  const { terraformResourceType, friendlyUniqueId } = element;
  const kind = element instanceof TerraformDataSource ? 'data\\.' : '';
  return new RegExp(`(?<![\\w.])${kind}${terraformResourceType}\\.${friendlyUniqueId}[.[]`).test(text);
}

/** Returns the topics of a stack that an ARN names, directly or by their policy. */
function topicsOf(stack: TerraformStack, arn: string): SnsTopic[] {
  const all: IConstruct[] = stack.node.findAll();
  const policies = all.filter((found): found is SnsTopicPolicy => found instanceof SnsTopicPolicy);
  const texts = [
    arn,
    ...policies
      .filter((policy) => names(arn, policy))
      .map((policy) => expressionOf(policy.arnInput ?? '', policy)),
  ];
  return all.filter(
    (found): found is SnsTopic => found instanceof SnsTopic && texts.some((text) => names(text, found)),
  );
}

/** Whether the key of a topic is that of SNS, named by its alias or by a data source. */
function hasSnsKey(topic: SnsTopic): boolean {
  const key = expressionOf(topic.kmsMasterKeyIdInput ?? '', topic);
  const all: IConstruct[] = TerraformStack.of(topic).node.findAll();
  const aliases = all.filter((found): found is DataAwsKmsAlias => found instanceof DataAwsKmsAlias);
  return snsKey.test(key) || aliases.some((alias) => snsKey.test(alias.nameInput ?? '') && names(key, alias));
}

/**
 * Refuses at synthesis a topic of the same stack that is encrypted with the key of SNS, because CloudWatch and SES cannot
 * publish to it: their notifications would be lost without an error.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function requireUsableTopics(owner: Construct, setting: string, arns: readonly string[]): void {
  const stack = TerraformStack.of(owner);
  const validate = () =>
    arns
      .flatMap((arn) => topicsOf(stack, expressionOf(arn, owner)))
      .filter(hasSnsKey)
      .map(
        (topic) =>
          `${setting} contains the topic ${topic.node.path}, whose key is alias/aws/sns: other services cannot publish to it, ` +
          'and notifications are lost. Encrypt it with a customer-managed key that allows them, or leave it unencrypted',
      );
  owner.node.addValidation({ validate });
}

export { requireUsableTopics };
