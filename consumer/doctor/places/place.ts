/** The examined region, account and configuration set. */
interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly configurationSet: string;
}

/** The parts of an ARN; empty where it has none. The resource is everything after the fifth colon. */
interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/**
 * Parses an ARN.
 * @example parseArn('arn:aws:s3:::archive').resource // 'archive'
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function parseArn(text: string): Arn {
  const [, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
  return { partition, service, region, accountId, resource: rest.join(':') };
}

/** Returns the name at the end of an ARN: of a role with a path, of a stream. */
function nameOf(arn: string): string {
  return parseArn(arn).resource.split('/').at(-1) ?? '';
}

/** Whether an ARN is in the examined region and account. */
function isInPlace(arn: string, place: Place): boolean {
  const { region, accountId } = parseArn(arn);
  return region === place.region && accountId === place.accountId;
}

export { isInPlace, nameOf, type Place, parseArn };
