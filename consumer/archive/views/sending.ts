/** The message tag with the name of the tenant. SES sets it if a tenant sends the message. */
const tenantTag = 'ses:tenant-name';

/** A part of the ARN of the identity, such as `arn:aws:ses:eu-west-1:111122223333:identity/shop.example`; NULL if empty. */
const partOfArn = (index: number) => `nullif(split_part(source_arn, ':', ${index}), '')`;

/** The region of SES that sent the message, as SQL over columns of the event; NULL without the ARN of the identity. */
const sourceRegionSql = partOfArn(4);

/**
 * The AWS account that sent the message, as SQL over columns of the event. The owner of the identity can be another
 * account, and counts only if the record has no sending account.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-authorization.html
 */
const accountSql = `coalesce(sending_account_id, ${partOfArn(5)})`;

export { accountSql, sourceRegionSql, tenantTag };
