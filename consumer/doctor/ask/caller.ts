import { parseArn } from '../place';
import { type Answer, answer, call } from './answer';
import type { Clients } from './clients';

/** Who asks, and where. */
interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
}

/**
 * Whose credentials these are, and which region they are used in.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
function askCaller({ sts }: Clients): Promise<Answer<Caller>> {
  return answer(async () => {
    const action = 'sts:GetCallerIdentity'; // nobody can be denied it
    const region = await call(action, sts.config.region());
    const { Account: accountId = '', Arn: arn = '' } = await call(action, sts.getCallerIdentity({}));
    return { accountId, arn, partition: parseArn(arn).partition, region };
  });
}

export { askCaller, type Caller };
