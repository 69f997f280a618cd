import { SesStreamRole, type SesStreamRoleProps } from '../../../modules/ses-stream-role/ses-stream-role';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeWith } from '../synthesize';

type Props = Omit<SesStreamRoleProps, 'streamArn' | 'configurationSetNames'>;
const wiring = {
  streamArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/mail',
  configurationSetNames: ['receipts', 'newsletter'],
};

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new SesStreamRole(stack, 'ses', { ...wiring, ...props }));
const role = (props: Props = {}) => resourceAt(synthesized(props), 'aws_iam_role.ses');

describe('the role that SES assumes', () => {
  it('trusts SES for the configuration sets of the account', () => {
    const { assume_role_policy: trust } = role();
    for (const name of wiring.configurationSetNames) expect(trust).toContain(`:configuration-set/${name}"`);
    expect(trust).toContain('"aws:SourceAccount" = data.aws_caller_identity.email_events.account_id');
    expect(trust).not.toContain('ExternalId');
  });

  it('trusts SES with the account as external id, with the trust mode external-id', () => {
    const { assume_role_policy: trust } = role({ trustMode: 'external-id' });
    expect(trust).toContain('"sts:ExternalId" = data.aws_caller_identity.email_events.account_id');
    expect(trust).not.toContain('Source');
  });

  it('allows putting records into the stream, and using a customer-managed key', () => {
    expect(resourceAt(synthesized(), 'aws_iam_role_policy.ses').policy).toContain(wiring.streamArn);
    expect(addresses(synthesized())).not.toContain('aws_iam_role_policy.ses_key');
    const keyed = synthesized({ isCustomerManaged: true, keyArn: 'arn:key' });
    expect(resourceAt(keyed, 'aws_iam_role_policy.ses_key').policy).toContain('arn:key');
  });

  it('has the region in its name, and a boundary only if one is set', () => {
    expect(role().name).toBe('email-events-ses-${data.aws_region.email_events.id}');
    expect(role()).not.toHaveProperty('permissions_boundary');
    const permissionsBoundaryArn = 'arn:aws:iam::123456789012:policy/boundary';
    expect(role({ permissionsBoundaryArn }).permissions_boundary).toBe(permissionsBoundaryArn);
  });

  it('has the path of rolePath', () => {
    expect(role().path).toBe('/');
    expect(role({ rolePath: '/email/' }).path).toBe('/email/');
  });

  it('is not changed if it exists', () => {
    let found: SesStreamRole | undefined;
    const sesRoleArn = 'arn:aws:iam::123456789012:role/PinpointEventStreamRole';
    const stack = synthesizeWith((scope) => {
      found = new SesStreamRole(scope, 'ses', { ...wiring, createSesRole: false, sesRoleArn });
    });
    expect(addresses(stack)).toEqual([]);
    expect(found?.roleArn).toBe(sesRoleArn);
    expect(found?.dependables).toEqual([]);
  });

  it('matches its snapshot in every configuration', () => {
    expect(resourcesInConfigurations('ses')).toMatchSnapshot();
  });
});
