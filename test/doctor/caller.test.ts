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
});
