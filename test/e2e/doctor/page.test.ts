import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventTypes } from '../../../consumer/doctor/event-destination';
import { pageBlocks } from '../../aws-cli/page-blocks';
import { packageFolder } from '../../cli/compiled-command';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { names, useDeployment } from './deployment';

describeWithMoto('docs/doctor.md', (executables) => {
  const deployed = useDeployment(executables);

  it('shows the output of the command, with shortened commands', async () => {
    const page = readFileSync(join(packageFolder, 'docs', 'doctor.md'), 'utf8');
    const [shown] = pageBlocks(page).filter(({ language }) => language === 'text');
    const { iam, firehose } = deployed();
    await deployed().updateDestination({
      MatchingEventTypes: eventTypes.filter((type) => type !== 'DELIVERY_DELAY' && type !== 'SUBSCRIPTION'),
    });
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'pinpoint.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await iam.updateAssumeRolePolicy({ RoleName: names.sesRole, PolicyDocument });
    await firehose.deleteDeliveryStream({ DeliveryStreamName: names.stream });
    const { stdout, code } = await deployed().doctor('--format', 'table');
    const cut = stdout.replaceAll(/(update-configuration-set-event-destination|policy trust) .*/g, '$1 …');
    expect(cut).toBe(shown?.code);
    expect(code).toBe(1);
  });
});
