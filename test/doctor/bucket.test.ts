import { judgeBucket } from '../../consumer/doctor/bucket';
import { absent, found, refused } from './healthy';

describe('the bucket', () => {
  it('exists, does not exist, or cannot be listed', () => {
    expect(judgeBucket(found({ region: 'eu-west-1' }), 'archive').message).toBe(
      'archive can be listed, in eu-west-1',
    );
    expect(judgeBucket(absent, 'archive').status).toBe('failure');
    expect(judgeBucket(refused, 'archive').status).toBe('warning');
  });
});
