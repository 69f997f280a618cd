import { judgeCaller } from '../../consumer/doctor/caller';
import { absent, failed, found, place, refused } from './healthy';

describe('the caller', () => {
  it('is identified, or the check fails', () => {
    const caller = { ...place, arn: 'arn:aws:iam::111122223333:user/ana' };
    expect(judgeCaller(found(caller))).toMatchObject({
      status: 'ok',
      message: 'account 111122223333 in eu-west-1, as arn:aws:iam::111122223333:user/ana',
    });
    for (const answer of [absent, refused, failed])
      expect(judgeCaller(answer)).toMatchObject({ check: 'identity', status: 'failure' });
  });

  it('without a region gets the fix for the region, not for the credentials', () => {
    const fix = 'set AWS_REGION, or add --region';
    expect(judgeCaller({ state: 'failed', reason: 'no region', fix })).toEqual({
      ...{ check: 'identity', status: 'failure', message: 'no region', fix },
    });
  });
});
