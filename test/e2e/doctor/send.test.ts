import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCommand } from '../../cli/run-process';
import { describeWithMoto } from '../../queue/describe-with-moto';
import { names, region, useDeployment } from './deployment';
import { answering, denied } from './overrides';

const from = `news@${names.identity}`;
const sendPath = { method: 'POST', path: '/v2/email/outbound-emails' };

describeWithMoto('doctor --send', (executables) => {
  const deployed = useDeployment(executables);

  it('reports the message and how long its events took', async () => {
    const { code, stdout, stderr } = await deployed().doctor('--send', '--from', from);
    const finding = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(finding).toEqual({
      check: 'send',
      status: 'ok',
      message: expect.stringMatching(
        /^message \S+: Send and Delivery arrived in the bucket after \d+ seconds?$/,
      ),
    });
    const [, id] = /^message (\S+):/.exec(finding.message) ?? [];
    // The stream buffers for one minute; the default adds two.
    expect(stderr).toBe(
      `sent message ${id}; waiting up to 3 min for its events\n23 checks: 23 ok, 0 warnings, 0 failures, 0 not checked\n`,
    );
    expect(code).toBe(0);
  });

  it('waits only for the kinds of the event destination', async () => {
    await deployed().updateDestination({ MatchingEventTypes: ['SEND'] });
    const { findings } = await deployed().findings('--send', '--from', from);
    expect(findings.at(-1)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(': Send arrived in the bucket after'),
    });
  });

  it('sends no message if the event destination has neither kind', async () => {
    await deployed().updateDestination({ MatchingEventTypes: ['OPEN'] });
    const { findings } = await deployed().findings('--send', '--from', from);
    expect(findings.at(-1)).toEqual({
      check: 'send',
      status: 'not-checked',
      message: 'the event destination records neither Send nor Delivery',
    });
  });

  it('fails for an identity that is not verified', async () => {
    const { code, findings } = await deployed().findings('--send', '--from', 'news@other.example');
    expect(findings.at(-1)).toEqual({
      check: 'send',
      status: 'failure',
      message: 'SES did not send the test message: MessageRejected',
      fix: 'send from a verified identity (--from)',
    });
    expect(code).toBe(1);
  });

  it('is a warning without permission to send', async () => {
    deployed().overrides.push(denied(sendPath));
    const { code, findings } = await deployed().findings('--send', '--from', from);
    expect(findings.at(-1)).toMatchObject({
      status: 'warning',
      fix: 'allow ses:SendEmail for your credentials',
    });
    expect(code).toBe(0);
  });

  it('sends no message after a failure', async () => {
    await deployed().iam.deleteRolePolicy({ RoleName: names.sesRole, PolicyName: 'only' });
    const { findings } = await deployed().findings('--send', '--from', from);
    expect(findings.at(-1)).toMatchObject({ check: 'send', status: 'not-checked' });
  });

  it('fails if no events arrive in time', async () => {
    deployed().overrides.push(answering(sendPath, { MessageId: 'lost' }));
    const { code, findings } = await deployed().findings('--send', '--from', from, '--wait', '1');
    expect(findings.at(-1)).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(
        /^message lost: after \d+ seconds?, Send not arrived, Delivery not arrived$/,
      ),
      fix: expect.stringContaining('--wait'),
    });
    expect(code).toBe(1);
  });

  it('stops at Ctrl-C, and prints the findings so far', async () => {
    deployed().overrides.push(answering(sendPath, { MessageId: 'lost' }));
    const args = ['doctor', names.set, '--endpoint', deployed().endpoint];
    const child = startCommand([...args, '--send', '--from', from], { env: { AWS_REGION: region } });
    const stdout = text(child.stdout);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
    });
    while (!stderr.includes('sent message lost')) await sleep(20);
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(130);
    expect((await stdout).trim().split('\n')).toHaveLength(22);
    expect(stderr).toContain('22 checks: 22 ok, 0 warnings, 0 failures, 0 not checked\n');
  });
});
