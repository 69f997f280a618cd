import type { GetAccountResponse } from '@aws-sdk/client-sesv2';
import { judgeAccount } from '../../consumer/doctor/account';
import { account, failed, found, place } from './healthy';

const judged = (changes: GetAccountResponse) => judgeAccount(found({ ...account, ...changes }), place);

describe('the account', () => {
  it('is healthy', () => {
    expect(judged({})).toEqual([
      {
        check: 'account',
        status: 'ok',
        message: 'sending is enabled, reputation HEALTHY, 12 of 50000 messages sent in 24 hours',
      },
      { check: 'sandbox', status: 'ok', message: 'production access in eu-west-1' },
    ]);
  });

  it.each<[name: string, changes: GetAccountResponse, status: string, message: string, fix: string]>([
    [
      'paused',
      { SendingEnabled: false },
      'failure',
      'sending is paused for this account in eu-west-1',
      'aws sesv2 put-account-sending-attributes --sending-enabled --region eu-west-1',
    ],
    [
      'shut down',
      { SendingEnabled: false, EnforcementStatus: 'SHUTDOWN' },
      'failure',
      'AWS has paused sending',
      'Support Center',
    ],
    ['under review', { EnforcementStatus: 'PROBATION' }, 'warning', 'reputation PROBATION', 'ask health'],
    [
      'over its quota',
      { SendQuota: { Max24HourSend: 200, SentLast24Hours: 200 } },
      'failure',
      '200 of 200 messages in the last 24 hours',
      'Service Quotas',
    ],
  ])('has a problem when it is %s', (_, changes, status, message, fix) => {
    const [finding] = judged(changes);
    expect(finding).toEqual({
      check: 'account',
      status,
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
  });

  it('can have no sending limit', () => {
    const [finding] = judged({ SendQuota: { Max24HourSend: -1, SentLast24Hours: 5 } });
    expect(finding).toMatchObject({ status: 'ok', message: expect.stringContaining('5 messages sent') });
  });

  it('can be in the sandbox', () => {
    const [, finding] = judged({ ProductionAccessEnabled: false });
    expect(finding).toMatchObject({ check: 'sandbox', status: 'warning' });
    expect(finding?.message).toContain('it can send only to verified identities and the mailbox simulator');
    const [, reviewed] = judged({
      ProductionAccessEnabled: false,
      Details: { ReviewDetails: { Status: 'PENDING' } },
    });
    expect(reviewed?.message).toContain('(production access request: PENDING)');
  });

  it('is a warning without permission to read it', () => {
    expect(judgeAccount({ state: 'refused', action: 'ses:GetAccount' }, place)).toEqual([
      {
        check: 'account',
        status: 'warning',
        message: "no permission to read the account's state in SES",
        fix: 'allow ses:GetAccount for your credentials',
      },
      { check: 'sandbox', status: 'not-checked', message: "the account's state could not be read" },
    ]);
    expect(judgeAccount(failed, place)[0]).toMatchObject({
      status: 'warning',
      message: "could not read the account's state in SES: ThrottlingException",
    });
  });
});
