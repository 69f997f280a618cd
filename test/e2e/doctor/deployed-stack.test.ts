import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../../../consumer/doctor/findings/finding';
import { startCommand } from '../../cli/run-process';
import { CdktfApp } from '../../local-aws/cdktf-app';
import { Mailer } from '../../local-aws/mailer';
import { describeWithLocalAws } from '../describe-with-local-aws';

const name = 'shop-events';

// The deployment of the constructs must pass all checks, with its own key too.
describeWithLocalAws('doctor, on a stack that cdktf deploys with a key,', (local) => {
  it('reports no problems, and detects the events of a message', async () => {
    const { aws } = local();
    await new CdktfApp(local(), { region: 'eu-west-1', name, encryption: 'new-key' }).deploy();
    const mailer = new Mailer(aws, name);
    await mailer.verify();
    await mailer.send('success@simulator.amazonses.com');
    mailer.client.destroy();
    await aws.firehose.flush();
    const args = ['doctor', name, '--send', '--from', 'orders@shop.example'];
    const child = startCommand(args, { env: aws.environment });
    const stdout = text(child.stdout);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
    });
    while (child.exitCode === null && !stderr.includes('sent message')) await sleep(20);
    await aws.firehose.flush(); // skips five minutes of buffering
    if (child.exitCode === null) await once(child, 'close');
    const lines = (await stdout).split('\n').filter((line) => line !== '');
    const findings: Finding[] = lines.map((line) => JSON.parse(line));
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('can use the key of the stream'),
        expect.stringContaining('can use the key of the bucket'),
      ]),
    );
    expect(stderr).toContain('23 checks: 23 ok,');
    expect(child.exitCode).toBe(0);
  });
});
