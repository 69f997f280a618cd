import type { Expression } from './hcl/expression';
import { transform } from './hcl/expression';
import { parseExpression } from './hcl/parse';
import { flat } from './hcl/print';
import { simplify } from './hcl/simplify';

/** An expression of the constructs that the module writes once, in `locals`. */
interface Named {
  comment: string;
  /** The expression; it can use the names above it. */
  value: string;
}

/**
 * Names of repeated expressions, and their meaning. The expressions are those of the constructs; the generator does
 * not accept one that does not occur.
 */
const namedExpressions: Readonly<Record<string, Named>> = {
  created_sets: {
    comment: 'The configuration sets that the module creates.',
    value: 'coalesce(var.configuration_sets, length(var.existing_configuration_sets) == 0 ? [var.name] : [])',
  },
  all_sets: {
    comment: 'The configuration sets that get the event destination.',
    value: 'concat(local.created_sets, var.existing_configuration_sets)',
  },
  stream_name: {
    comment: 'The Firehose stream, created or existing.',
    value: 'coalesce(var.stream_name, var.name)',
  },
  stream_arn: {
    comment: 'A created stream is named by its resource, so that users of the stream wait for it.',
    value:
      'var.create_stream ? one(aws_kinesis_firehose_delivery_stream.stream[*].arn) : "arn:${local.partition}:firehose:${local.region}:${local.account_id}:deliverystream/${local.stream_name}"',
  },
  log_group_name: {
    comment: 'The log group of the errors of the stream.',
    value: '"/aws/kinesisfirehose/${local.stream_name}"',
  },
  creates_delivery_role: {
    comment: 'An existing stream has a role already.',
    value: 'var.create_stream && var.create_delivery_role',
  },
  delivery_role_arn: {
    comment: 'The role with which Firehose writes to the bucket.',
    value: 'var.create_delivery_role ? one(aws_iam_role.stream_delivery[*].arn) : var.delivery_role_arn',
  },
  ses_role_arn: {
    comment: 'The role with which SES puts events into the stream.',
    value: 'var.create_ses_role ? one(aws_iam_role.ses[*].arn) : var.ses_role_arn',
  },
  has_bucket: {
    comment: 'With an existing stream, the bucket can be unknown.',
    value: 'var.create_bucket || var.bucket_name != null',
  },
  bucket_name: {
    comment: 'The name of the bucket before it exists, for policies that the bucket depends on.',
    value: 'coalesce(var.bucket_name, "${var.name}-${local.account_id}-${local.region}")',
  },
  bucket_id: {
    comment: 'A created bucket is named by its resource, so that users of the bucket wait for it.',
    value: 'var.create_bucket ? one(aws_s3_bucket.archive[*].id) : local.bucket_name',
  },
  bucket_arn: {
    comment: 'The ARN of the bucket, in the same way.',
    value:
      'var.create_bucket ? one(aws_s3_bucket.archive[*].arn) : "arn:${local.partition}:s3:::${local.bucket_name}"',
  },
  bucket_account: {
    comment:
      'The account of the bucket, in conditions: if its name is reused by a stranger, nothing is written to it.',
    value: 'var.create_bucket ? local.account_id : coalesce(var.bucket_account_id, "*")',
  },
  has_customer_key: {
    comment: 'Whether a customer-managed key encrypts the data.',
    value: 'var.encryption != "aws-owned"',
  },
  creates_key: {
    comment: 'A created key remains if encryption changes and keep_key is true.',
    value: 'var.encryption == "new-key" || var.keep_key == true',
  },
  customer_key_arn: {
    comment: 'The customer-managed key, created or existing.',
    value: 'var.encryption == "new-key" ? one(aws_kms_key.key[*].arn) : var.kms_key_arn',
  },
  kms_key_arn: {
    comment: 'The key for resources that use a key of AWS if it is null.',
    value: 'local.has_customer_key ? local.customer_key_arn : null',
  },
  has_object_key: {
    comment: 'Whether a customer-managed key encrypts the objects: an existing bucket can have its own.',
    value: 'var.bucket_encryption == "existing-key" || local.has_customer_key',
  },
  object_key_arn: {
    comment: 'The key that encrypts the objects.',
    value: 'var.bucket_encryption == "existing-key" ? var.bucket_kms_key_arn : local.customer_key_arn',
  },
  bucket_region: {
    comment: 'The region of the bucket, and of the key that encrypts it.',
    value:
      'var.bucket_encryption == "existing-key" ? element(split(":", var.bucket_kms_key_arn), 3) : local.region',
  },
  is_in_other_account: {
    comment: 'Whether the bucket is in another account, whose owner attaches the printed policies.',
    value: 'var.bucket_account_id != null && var.bucket_account_id != local.account_id',
  },
  objects_queue_arn: {
    comment: 'The queue of new objects, for policies that the queue depends on.',
    value: '"arn:${local.partition}:sqs:${local.region}:${local.account_id}:${var.name}-objects"',
  },
  catalog_database: {
    comment: 'The Glue database; Athena requires quotes around a name with hyphens.',
    value: 'coalesce(var.catalog_database, replace(var.name, "-", "_"))',
  },
};

/** The names by the text of their expressions, and the expressions in the order of their names. */
interface Names {
  byText: ReadonlyMap<string, string>;
  values: ReadonlyMap<string, Expression>;
}

/** The locals of the constructs have a prefix, because a stack contains other locals too. */
const prefix = 'email_events_';

function withoutPrefix(expression: Expression): Expression {
  const isLocal =
    expression.kind === 'attribute' && expression.of.kind === 'name' && expression.of.name === 'local';
  return isLocal && expression.name.startsWith(prefix)
    ? { ...expression, name: expression.name.slice(prefix.length) }
    : expression;
}

function readNames(): Names {
  const byText = new Map<string, string>();
  const values = new Map<string, Expression>();
  for (const [name, { value }] of Object.entries(namedExpressions)) {
    const expression = simplify(parseExpression(value));
    byText.set(flat(expression), name);
    values.set(name, expression);
  }
  return { byText, values };
}

const names = readNames();

/** Replaces the expressions that have a name. */
function withNames(expression: Expression): Expression {
  return transform(expression, (part) => {
    const renamed = withoutPrefix(part);
    const name = names.byText.get(flat(renamed));
    return name === undefined ? renamed : { kind: 'attribute', of: { kind: 'name', name: 'local' }, name };
  });
}

export { namedExpressions, names, prefix, withNames };
