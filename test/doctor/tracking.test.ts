import type { EventType, GetAccountResponse, GetConfigurationSetResponse } from '@aws-sdk/client-sesv2';
import { judgeTracking } from '../../consumer/doctor/tracking';
import { account, destination } from './healthy';

const recording = (MatchingEventTypes: EventType[], more = {}) => ({
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
const off = 'SES tracks neither opens nor clicks: it adds no pixel and rewrites no links';
const own = 'awstrack.me';
const both = (by: string, domain = own) =>
  `SES tracks opens and clicks for ${by}: it adds a pixel to HTML mail and rewrites its links, through ${domain}`;
const through = (TrackingOptions: GetConfigurationSetResponse['TrackingOptions']) => ({ TrackingOptions });

describe('tracking', () => {
  it.each([
    [
      'of opens and clicks',
      [recording(['OPEN', 'CLICK'])],
      {},
      account,
      both('the event destination archive'),
    ],
    [
      'of opens alone',
      [recording(['SEND', 'OPEN'])],
      {},
      account,
      'SES tracks opens for the event destination archive: it adds a pixel to HTML mail, through awstrack.me',
    ],
    [
      'of clicks alone',
      [recording(['CLICK'])],
      {},
      account,
      'SES tracks clicks for the event destination archive: it rewrites the links in HTML mail, through awstrack.me',
    ],
    [
      'for two destinations',
      [recording(['OPEN']), recording(['CLICK'], { Name: 'metrics' })],
      {},
      account,
      both('the event destinations archive, metrics'),
    ],
    [
      'through a custom domain',
      [recording(['OPEN', 'CLICK'])],
      through({ CustomRedirectDomain: 'click.example.com', HttpsPolicy: 'REQUIRE' }),
      account,
      both('the event destination archive', 'click.example.com with the HTTPS policy REQUIRE'),
    ],
    [
      'through a custom domain without an HTTPS policy',
      [recording(['OPEN', 'CLICK'])],
      through({ CustomRedirectDomain: 'click.example.com' }),
      account,
      both('the event destination archive', 'click.example.com with the HTTPS policy OPTIONAL'),
    ],
    [
      'with a custom domain that no mail uses',
      [],
      through({ CustomRedirectDomain: 'click.example.com' }),
      account,
      off,
    ],
    ['if no destination records them', [recording(['SEND', 'BOUNCE'])], {}, account, off],
    ['if a disabled destination records them', [recording(['OPEN'], { Enabled: false })], {}, account, off],
    ['without a destination', [], {}, account, off],
    [
      "by the set's engagement metrics",
      [],
      metrics('ENABLED'),
      account,
      both('Virtual Deliverability Manager'),
    ],
    ["by the account's", [], {}, vdmAccount('ENABLED'), both('Virtual Deliverability Manager')],
    ["by the account's, which the set disables", [], metrics('DISABLED'), vdmAccount('ENABLED'), off],
    ['by an account that has disabled the manager', [], {}, vdmAccount('DISABLED'), off],
  ])('is reported and not a warning: %s', (_, destinations, set, itsAccount, message) => {
    expect(judgeTracking({ destinations, set, account: itsAccount })).toEqual({
      check: 'tracking',
      status: 'ok',
      message,
    });
  });

  it('is reported without a domain if the set could not be read', () => {
    const destinations = [recording(['OPEN', 'CLICK'])];
    expect(judgeTracking({ destinations, set: undefined, account }).message).toMatch(/rewrites its links$/);
  });

  it.each([
    ['the destinations', undefined, {}, account],
    ['the set', [], undefined, account],
    ['the account', [], {}, undefined],
  ])('is not reported as off without an answer for %s', (_, destinations, set, itsAccount) => {
    expect(judgeTracking({ destinations, set, account: itsAccount }).status).toBe('not-checked');
  });
});
