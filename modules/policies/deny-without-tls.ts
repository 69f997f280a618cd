import type { PolicyStatement } from './policy-documents';

/** Refuses plain HTTP, to everyone and whatever else allows it. */
function denyWithoutTls(action: string, resources: readonly string[]): PolicyStatement {
  return {
    Sid: 'DenyWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

export { denyWithoutTls };
