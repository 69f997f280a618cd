import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, failure, ok } from './findings/finding';
import { parseArn } from './places/place';

/** The account and region of the caller. */
interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
}

/**
 * Requests the account of the credentials, and the region in which they are used.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
function askCaller({ sts }: Clients): Promise<Answer<Caller>> {
  return answer(async () => {
    // This action cannot be denied.
    const region = await call('sts:GetCallerIdentity', sts.config.region());
    const identity = await call('sts:GetCallerIdentity', sts.getCallerIdentity({}));
    const { Account: accountId = '', Arn: arn = '' } = identity;
    return { accountId, arn, partition: parseArn(arn).partition, region };
  });
}

/** Checks whether AWS accepts the credentials. */
function judgeCaller(caller: Answer<Caller>): Finding {
  if (caller.state === 'found') {
    const { accountId, region, arn } = caller.value;
    return ok('identity', `account ${accountId} in ${region}, as ${arn}`);
  }
  const reason = caller.state === 'failed' ? caller.reason : 'AWS did not identify the credentials';
  const fix = caller.state === 'failed' ? caller.fix : undefined;
  return failure(
    'identity',
    reason,
    fix ?? 'check the credentials (AWS_PROFILE), the region (--region) and the endpoint (--endpoint)',
  );
}

export { askCaller, judgeCaller };
