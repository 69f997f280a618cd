import { configurationSetArn } from '../../modules/policies/policy-documents';
import type { PolicyRequest } from '../../modules/policies/policy-evaluator';
import { pageAddress } from '../pages/page-address';
import { shellWord } from '../texts/shell-word';
import { type Answer, found } from './answers/answer';
import type { Clients } from './answers/clients';
import type { FirehoseDestination } from './event-destination';
import {
  type Examination,
  type Finding,
  failure,
  notChecked,
  ok,
  skip,
  unanswered,
  warning,
} from './findings/finding';
import { awsCommand } from './findings/shell';
import type { KeyUser } from './key';
import { isInPlace, nameOf, type Place, parseArn } from './places/place';
import { judgePolicies } from './policies/verdict';
import { askRole, askRolePolicies, type Role, type RolePolicies } from './role';
import { misplacedStream } from './stream';

/** Creates a request of SES to assume the role, with the context that SES sends. */
const assume = (context: PolicyRequest['context']): PolicyRequest => ({
  ...{ principal: { Service: 'ses.amazonaws.com' }, action: 'sts:AssumeRole', context },
});

/** The contexts that SES sends by its own guide, and by that of the Pinpoint Email API. */
function contexts(accountId: string, sourceArn: string) {
  const sesGuide = { 'aws:SourceAccount': accountId, 'aws:SourceArn': sourceArn };
  const pinpointGuide = { 'sts:ExternalId': accountId };
  return { sesGuide, pinpointGuide, both: { ...sesGuide, ...pinpointGuide } };
}

/** Checks whether the role of the event destination exists. */
function judgeSesRole(role: Answer<Role>, roleArn: string): Finding {
  const name = nameOf(roleArn);
  if (role.state === 'found') return ok('ses-role', `the role ${name} exists`);
  return unanswered('ses-role', `read the role ${name}`, role, {
    message: `the role ${name} of the event destination does not exist`,
    fix: `create it with the AWS CLI. See ${pageAddress('aws-cli', 'create-the-role')}`,
  });
}

/** Formats the command that gives a role the trust policy of this configuration set. */
function trustCommand({ name }: Role, place: Place): string {
  const { accountId, region, configurationSet } = place;
  const print = `ses-events policy trust --account ${accountId} --region ${region} --configuration-set ${shellWord(configurationSet)}`;
  const words = ['iam', 'update-assume-role-policy', '--role-name', name];
  return `repeat --configuration-set for each set that uses the role, and run: ${print} > trust.json && ${awsCommand(place, ...words, '--policy-document', 'file://trust.json')}`;
}

/**
 * Checks whether SES can assume the role for this configuration set, by either of AWS's two guides.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 * @see https://docs.aws.amazon.com/pinpoint/latest/developerguide/permissions-stream-email-events-kinesis.html
 */
function judgeSesTrust(role: Role, place: Place): Finding {
  const fix = trustCommand(role, place);
  const { name, trust } = role;
  const own = contexts(place.accountId, configurationSetArn({ ...place, name: place.configurationSet }));
  const verdict = (context: PolicyRequest['context']) =>
    judgePolicies({ documents: [trust] }, assume(context));
  const bySesGuide = verdict(own.sesGuide);
  if (bySesGuide.decision === 'unjudged')
    return warning('ses-trust', `cannot evaluate the trust policy of ${name}: ${bySesGuide.because}`, fix);
  const others = contexts('000000000000', 'arn:aws:ses:us-east-1:000000000000:configuration-set/other');
  if (verdict(others.both).decision === 'allowed') {
    return warning(
      'ses-trust',
      `${name} trusts SES without a condition: SES can assume it for other customers`,
      fix,
    );
  }
  if (bySesGuide.decision === 'allowed')
    return ok('ses-trust', `${name} trusts SES for ${place.configurationSet}`);
  if (verdict(own.pinpointGuide).decision === 'allowed')
    return ok('ses-trust', `${name} trusts SES for this account, by external id`);
  if (verdict(own.both).decision === 'allowed') {
    return warning(
      'ses-trust',
      `${name} requires both an external ID and a source account or ARN, which is untested`,
      fix,
    );
  }
  return failure(
    'ses-trust',
    `SES cannot assume the role ${name} for this configuration set: ${bySesGuide.because}`,
    fix,
  );
}

/** Checks whether the role can put records into the stream. */
function judgeSesPermissions(
  { name, arn }: Role,
  policies: Answer<RolePolicies>,
  streamArn: string,
  place: Place,
): Finding {
  const { accountId, region } = place;
  const stream = nameOf(streamArn);
  const print = `ses-events policy permissions --account ${accountId} --region ${region} --stream ${shellWord(stream)}`;
  const words = ['iam', 'put-role-policy', '--role-name', name, '--policy-name', 'put-email-events'];
  const fix = `${print} > permissions.json && ${awsCommand(place, ...words, '--policy-document', 'file://permissions.json')}`;
  if (policies.state !== 'found') {
    const absence = { message: `a policy of ${name} no longer exists`, fix };
    return unanswered('ses-permissions', `read the policies of ${name}`, policies, absence);
  }
  const action = 'firehose:PutRecordBatch';
  const context = {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': accountId,
    'aws:ResourceAccount': accountId,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': true,
  };
  const verdict = judgePolicies(policies.value, { action, resource: streamArn, context });
  if (verdict.decision === 'allowed')
    return ok('ses-permissions', `the role ${name} can put records into the stream ${stream}`);
  if (verdict.decision === 'unjudged')
    return warning('ses-permissions', `cannot evaluate the policies of ${name}: ${verdict.because}`, fix);
  return failure('ses-permissions', `${name} cannot put records into ${streamArn}: ${verdict.because}`, fix);
}

/** Checks the role that SES assumes. */
async function* examineSesRole(
  clients: Clients,
  { roleArn, streamArn }: FirehoseDestination,
  place: Place,
): Examination<KeyUser> {
  const unknownUser: KeyUser = { role: undefined, policies: undefined };
  if (parseArn(roleArn).accountId !== place.accountId) {
    yield* skip('ses-role', 'ses-permissions', 'the role is in another account');
    return unknownUser;
  }
  const answer = await askRole(clients, roleArn);
  yield judgeSesRole(answer, roleArn);
  const role = found(answer);
  if (role === undefined) {
    yield* skip('ses-trust', 'ses-permissions', 'the role could not be read');
    return unknownUser;
  }
  yield judgeSesTrust(role, place);
  const policies = await askRolePolicies(clients, role);
  if (isInPlace(streamArn, place)) yield judgeSesPermissions(role, policies, streamArn, place);
  else yield notChecked('ses-permissions', misplacedStream);
  return { role, policies };
}

export { examineSesRole, judgeSesPermissions, judgeSesRole, judgeSesTrust };
