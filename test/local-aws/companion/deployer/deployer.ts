import type { PolicyDocument } from '../../../../modules/policies/policy-documents';
import { isAllowed, type PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import type { AwsAnswer, AwsRequest, Handler } from '../handler';
import { callRequests } from './call-requests';

/** Returns a response that each SDK understands: the code is in a header, in JSON and in XML. */
function accessDenied(service: string, message: string): AwsAnswer {
  const code = 'AccessDeniedException';
  if (['s3', 'iam', 'monitoring'].includes(service)) {
    const error = `<Code>AccessDenied</Code><Message>${message}</Message>`;
    const body =
      service === 's3' ? `<Error>${error}</Error>` : `<ErrorResponse><Error>${error}</Error></ErrorResponse>`;
    return { status: 403, headers: { 'Content-Type': 'text/xml' }, body };
  }
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-ErrorType': code };
  return { status: 403, headers, body: JSON.stringify({ __type: code, message }) };
}

/** Checks whether a request is by another identity than the one that deploys. */
const isOther = ({ headers }: AwsRequest) => !headers.authorization?.includes('Credential=test/');

/**
 * Enforces the permissions of the identity that deploys: as IAM does, but for all calls of the provider, with the
 * conditions, and with the permissions that a call requires in other services. Moto can enforce policies too, but it does
 * not have the SES API, and does not check `iam:PassRole`.
 *
 * @example
 * const deployer = new Deployer('123456789012');
 * const companion = await Companion.start(moto.url, [deployer.handle, ses.handle, firehose.handle]);
 * deployer.policy = document;
 */
class Deployer {
  /** The only policy of the identity. Undefined: everything is allowed. */
  policy: PolicyDocument | undefined;
  /** All required permissions, in order. */
  readonly requests: PolicyRequest[] = [];
  /** Required permissions that the policy does not contain. */
  readonly denied: PolicyRequest[] = [];

  constructor(private readonly accountId: string) {}

  readonly handle: Handler = async (request) => {
    const { policy } = this;
    if (policy === undefined || isOther(request)) return undefined;
    const required = callRequests(request, this.accountId);
    this.requests.push(...required);
    const denied = required.filter((each) => !isAllowed([policy], each));
    this.denied.push(...denied);
    const [first] = denied;
    if (first === undefined) return undefined;
    return accessDenied(
      request.service,
      `not authorized to perform ${first.action} on ${first.resource ?? '*'}`,
    );
  };
}

export { Deployer };
