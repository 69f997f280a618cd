import { awsCommand } from '../../../consumer/doctor/findings/shell';

describe('a command to paste', () => {
  it('names the region, except for IAM', () => {
    const place = { region: 'eu-west-1' };
    expect(awsCommand(place, 'kms', 'enable-key', '--key-id', 'k')).toBe(
      'aws kms enable-key --key-id k --region eu-west-1',
    );
    expect(awsCommand(place, 'iam', 'get-role', '--role-name', 'a b')).toBe(
      "aws iam get-role --role-name 'a b'",
    );
  });
});
