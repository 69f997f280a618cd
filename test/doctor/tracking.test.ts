import type { EventType, GetAccountResponse, GetConfigurationSetResponse } from '@aws-sdk/client-sesv2';
import { judgeTracking } from '../../consumer/doctor/tracking';
import { account, destination } from './healthy';

const taking = (MatchingEventTypes: EventType[], more = {}) => ({
  ...destination,
  MatchingEventTypes,
  ...more,
});
const metrics = (EngagementMetrics: 'ENABLED' | 'DISABLED'): GetConfigurationSetResponse => ({
  VdmOptions: { DashboardOptions: { EngagementMetrics } },
});
const vdmAccount = (VdmEnabled: 'ENABLED' | 'DISABLED'): GetAccountResponse => ({
  ...account,
  VdmAttributes: { VdmEnabled, DashboardAttributes: { EngagementMetrics: 'ENABLED' } },
});
const off = 'SES tracks neither opens nor clicks: mail has no pixel, and links stay as they are';
const both = (by: string) =>
  `SES tracks opens and clicks for ${by}: it adds a pixel to HTML mail and rewrites the links of HTML mail`;

describe('tracking', () => {
  it.each([
    ['of opens and clicks', [taking(['OPEN', 'CLICK'])], {}, account, both('archive')],
    [
      'of opens alone',
      [taking(['SEND', 'OPEN'])],
      {},
      account,
      'SES tracks opens for archive: it adds a pixel to HTML mail',
    ],
    [
      'of clicks alone',
      [taking(['CLICK'])],
      {},
      account,
      'SES tracks clicks for archive: it rewrites the links of HTML mail',
    ],
    [
      'for two destinations',
      [taking(['OPEN']), taking(['CLICK'], { Name: 'metrics' })],
      {},
      account,
      both('archive, metrics'),
    ],
    ['that no destination asks for', [taking(['SEND', 'BOUNCE'])], {}, account, off],
    ['that a disabled destination asks for', [taking(['OPEN'], { Enabled: false })], {}, account, off],
    ['without a destination', [], {}, account, off],
    [
      "by the set's engagement metrics",
      [],
      metrics('ENABLED'),
      account,
      both('Virtual Deliverability Manager'),
    ],
    ["by the account's", [], {}, vdmAccount('ENABLED'), both('Virtual Deliverability Manager')],
    ["by the account's, which the set turns off", [], metrics('DISABLED'), vdmAccount('ENABLED'), off],
    ['by an account that has turned the manager off', [], {}, vdmAccount('DISABLED'), off],
  ])('is said and no warning: %s', (_, destinations, set, itsAccount, message) => {
    expect(judgeTracking({ destinations, set, account: itsAccount })).toEqual({
      check: 'tracking',
      status: 'ok',
      message,
    });
  });

  it.each([
    ['the destinations', undefined, {}, account],
    ['the set', [], undefined, account],
    ['the account', [], {}, undefined],
  ])('is not said to be off where AWS did not answer for %s', (_, destinations, set, itsAccount) => {
    expect(judgeTracking({ destinations, set, account: itsAccount }).status).toBe('not-checked');
  });
});
