import { checks } from '../../../consumer/doctor/findings/finding';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { useDeployment } from './deployment';

describeWithMoto('doctor, on a deployment without problems,', (executables) => {
  const deployed = useDeployment(executables);

  it('reports no problems', async () => {
    const { code, findings } = await deployed().findings();
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(checks.filter((check) => check !== 'send'));
    expect(code).toBe(0);
  });
});
