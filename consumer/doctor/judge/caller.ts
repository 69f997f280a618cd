import type { Answer } from '../answers/answer';
import type { Caller } from '../caller';
import { type Finding, failure, ok } from '../findings/finding';

/** Whether anything can be asked at all. */
function judgeCaller(caller: Answer<Caller>): Finding {
  if (caller.state === 'found') {
    const { accountId, region, arn } = caller.value;
    return ok('identity', `account ${accountId} in ${region}, as ${arn}`);
  }
  const reason = caller.state === 'failed' ? caller.reason : 'AWS does not say whose credentials these are';
  return failure(
    'identity',
    reason,
    'check the credentials (AWS_PROFILE), the region (--region) and the endpoint (--endpoint)',
  );
}

export { judgeCaller };
