import { checks } from '../../../consumer/doctor/finding';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { names, useDeployment } from './deployment';

describeWithMoto('doctor, on a deployment in which everything is right,', (executables) => {
  const deployed = useDeployment(executables);

  it('finds nothing wrong', async () => {
    const { code, findings } = await deployed().findings();
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(checks.filter((check) => check !== 'send'));
    expect(code).toBe(0);
  });

  it('sends a message, and waits until its events are in the bucket', async () => {
    const { code, findings } = await deployed().findings('--send', '--from', `news@${names.identity}`);
    expect(findings.at(-1)).toMatchObject({
      check: 'send',
      status: 'ok',
      message: expect.stringMatching(
        /^message \S+: Send and Delivery were in the bucket after \d+ seconds?$/,
      ),
    });
    expect(code).toBe(0);
  });
});
