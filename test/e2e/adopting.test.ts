import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateConfigurationSetCommand,
  type CreateConfigurationSetCommandInput,
  CreateConfigurationSetEventDestinationCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { packageRoot } from '../../consumer/cli/process/package-root';
import {
  configurationSetArn,
  deliveryStreamArn,
  sesTrustPolicy,
} from '../../modules/policies/policy-documents';
import { describeWithLocalAws } from './describe-with-local-aws';
import { SesEvents } from './ses-events';
import { TerraformWorkspace } from './terraform-workspace';

const where = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const roleArn = `arn:aws:iam::${where.accountId}:role/hand-made`;

/** Existing sets, with all, some or no options. */
const sets: readonly CreateConfigurationSetCommandInput[] = [
  {
    ConfigurationSetName: 'whole',
    TrackingOptions: { CustomRedirectDomain: 'click.example.com', HttpsPolicy: 'REQUIRE_OPEN_ONLY' },
    DeliveryOptions: { TlsPolicy: 'OPTIONAL', SendingPoolName: 'bulk', MaxDeliverySeconds: 3600 },
    ReputationOptions: { ReputationMetricsEnabled: false },
    SendingOptions: { SendingEnabled: true },
    SuppressionOptions: { SuppressedReasons: ['COMPLAINT'] },
    VdmOptions: {
      DashboardOptions: { EngagementMetrics: 'DISABLED' },
      GuardianOptions: { OptimizedSharedDelivery: 'ENABLED' },
    },
    Tags: [{ Key: 'team', Value: `mail \${x}` }],
  },
  {
    ConfigurationSetName: 'partial',
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    TrackingOptions: { CustomRedirectDomain: 'click.example.com' },
    VdmOptions: { GuardianOptions: { OptimizedSharedDelivery: 'DISABLED' } },
    SuppressionOptions: { SuppressedReasons: [] },
    SendingOptions: { SendingEnabled: false },
  },
  { ConfigurationSetName: 'plain', DeliveryOptions: { TlsPolicy: 'OPTIONAL' } },
];

/** Returns a module with only a set and its destination. Stream, role and bucket are not managed. */
function moduleOf(name: string, settings: string): string {
  return `module "${name}" {
  source = ${JSON.stringify(join(packageRoot(), 'terraform'))}

  name            = "${name}"
${settings}
  create_stream   = false
  create_bucket   = false
  stream_name     = "events"
  create_ses_role = false
  ses_role_arn    = "${roleArn}"
}

import {
  to = module.${name}.aws_sesv2_configuration_set.sets["${name}"]
  id = "${name}"
}

import {
  to = module.${name}.aws_sesv2_configuration_set_event_destination.sets_stream["${name}"]
  id = "${name}|firehose"
}
`;
}

const provider = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
`;

interface Change {
  address: string;
  mode: string;
  change: { actions: string[]; importing?: object; before: unknown; after: unknown };
}

/** The attributes of a configuration set with the HTTPS policy that SES applies without one. */
function withOptional(set: Record<string, unknown>): Record<string, unknown> {
  const [tracking] = set.tracking_options as [object]; // it has a domain
  return { ...set, tracking_options: [{ ...tracking, https_policy: 'OPTIONAL' }] };
}

describeWithLocalAws('a configuration set that was created manually', (local) => {
  let events: SesEvents;

  beforeAll(async () => {
    events = new SesEvents(local());
    const iam = new IAMClient(local().aws.access);
    const ses = new SESv2Client(local().aws.access);
    const configurationSetArns = sets.map(({ ConfigurationSetName: name = '' }) =>
      configurationSetArn({ ...where, name }),
    );
    const trust = sesTrustPolicy({ mode: 'source-arn', accountId: where.accountId, configurationSetArns });
    await iam.send(
      new CreateRoleCommand({ RoleName: 'hand-made', AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    for (const set of sets) {
      await ses.send(new CreateConfigurationSetCommand(set));
      await ses.send(
        new CreateConfigurationSetEventDestinationCommand({
          ConfigurationSetName: set.ConfigurationSetName,
          EventDestinationName: 'firehose',
          EventDestination: {
            Enabled: true,
            MatchingEventTypes: ['SEND', 'BOUNCE', 'COMPLAINT', 'RENDERING_FAILURE'],
            KinesisFirehoseDestination: {
              IamRoleArn: roleArn,
              DeliveryStreamArn: deliveryStreamArn({ ...where, name: 'events' }),
            },
          },
        }),
      );
    }
    for (const client of [iam, ses]) client.destroy();
  });

  const settingsOf = (name: string, ...more: string[]) =>
    events.command('settings', '--configuration-set', name, ...more);

  it('is adopted with the printed settings, without a change of its options', async () => {
    const names = sets.map(({ ConfigurationSetName = '' }) => ConfigurationSetName);
    const modules: string[] = [];
    for (const name of names) {
      const { code, stdout, stderr } = await settingsOf(name);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      modules.push(moduleOf(name, stdout));
    }
    const workspace = new TerraformWorkspace(local(), [provider, ...modules].join('\n'));
    await workspace.run('init', '-input=false');
    const { code, stdout, stderr } = await workspace.run('plan', '-input=false', '-out=plan');
    expect({ code, stderr, stdout }).toMatchObject({ code: 0, stderr: '' });
    expect(stdout).not.toContain('-> null');
    expect(stdout).toContain('Plan: 6 to import, 3 to add, 1 to change, 0 to destroy.');
    const { resource_changes: changes } = JSON.parse((await workspace.run('show', '-json', 'plan')).stdout);
    const ofSets = (changes as Change[]).filter(({ address }) => address.includes('aws_sesv2_'));
    // The domain of this set has no HTTPS policy. The plan writes the default of SES.
    const withoutPolicy = 'module.partial.aws_sesv2_configuration_set.sets["partial"]';
    expect(ofSets).toHaveLength(6);
    for (const { address, change } of ofSets) {
      const isWritten = address === withoutPolicy;
      expect([change.actions, change.importing !== undefined]).toEqual([
        [isWritten ? 'update' : 'no-op'],
        true,
      ]);
      expect(change.after).toEqual(
        isWritten ? withOptional(change.before as Record<string, unknown>) : change.before, // the attributes of a set
      );
    }
  });

  it('has the same settings with --format json', async () => {
    expect(JSON.parse((await settingsOf('whole', '--format', 'json')).stdout)).toEqual({
      configurationSets: ['whole'],
      eventDestinationName: 'firehose',
      eventTypes: expect.arrayContaining(['SEND', 'BOUNCE', 'COMPLAINT', 'RENDERING_FAILURE']),
      reputationMetrics: false,
      tlsPolicy: 'OPTIONAL',
      sendingPoolName: 'bulk',
      maxDeliverySeconds: 3600,
      trackingDomain: 'click.example.com',
      trackingHttpsPolicy: 'REQUIRE_OPEN_ONLY',
      vdmEngagementMetrics: 'DISABLED',
      vdmOptimizedSharedDelivery: 'ENABLED',
      suppressedReasons: ['COMPLAINT'],
      tags: { team: `mail \${x}` },
    });
  });

  it('is reported if it does not exist', async () => {
    const { code, stdout, stderr } = await settingsOf('nobody');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'error: there is no configuration set nobody in this account and region: check --configuration-set, --region and the credentials\n',
    );
  });
});
