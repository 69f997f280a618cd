import type {
  EventDestination,
  EventType,
  GetAccountResponse,
  GetConfigurationSetResponse,
} from '@aws-sdk/client-sesv2';
import { type Finding, notChecked, ok } from './findings/finding';

/** The settings that decide whether SES tracks opens and clicks; undefined where AWS did not answer. */
interface TrackingSources {
  readonly destinations: readonly EventDestination[] | undefined;
  readonly set: GetConfigurationSetResponse | undefined;
  readonly account: GetAccountResponse | undefined;
}

/** Whether Virtual Deliverability Manager collects engagement metrics; the set's setting overrides the account's. */
function hasEngagementMetrics({ set, account }: TrackingSources): boolean | undefined {
  const own = set?.VdmOptions?.DashboardOptions?.EngagementMetrics;
  if (own !== undefined) return own === 'ENABLED';
  if (set === undefined || account === undefined) return undefined;
  const { VdmEnabled, DashboardAttributes } = account.VdmAttributes ?? {};
  return VdmEnabled === 'ENABLED' && DashboardAttributes?.EngagementMetrics === 'ENABLED';
}

const vdm = 'Virtual Deliverability Manager';

/** Lists the event destinations that track, and Virtual Deliverability Manager. */
function sourcesText(sources: readonly string[]): string {
  const names = sources.filter((source) => source !== vdm);
  const listed = `the event destination${names.length > 1 ? 's' : ''} ${names.join(', ')}`;
  return [...(names.length > 0 ? [listed] : []), ...(sources.includes(vdm) ? [vdm] : [])].join(' and ');
}

/** Returns the domain of the pixel and of the rewritten links, with its HTTPS policy; empty if it is unknown. */
function domainText(set: GetConfigurationSetResponse | undefined): string {
  if (set === undefined) return '';
  const { CustomRedirectDomain, HttpsPolicy = 'OPTIONAL' } = set.TrackingOptions ?? {};
  if (CustomRedirectDomain === undefined) return ', through awstrack.me';
  return `, through ${CustomRedirectDomain} with the HTTPS policy ${HttpsPolicy}`;
}

/**
 * Reports whether SES changes the mail to track opens and clicks. Both are valid, so this is never a warning.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TrackingConfigurationOverrides.html
 */
function judgeTracking(sources: TrackingSources): Finding {
  const { destinations } = sources;
  const metrics = hasEngagementMetrics(sources);
  const trackersOf = (type: EventType): string[] => [
    ...(destinations ?? [])
      .filter(({ Enabled, MatchingEventTypes = [] }) => Enabled === true && MatchingEventTypes.includes(type))
      .map(({ Name = '' }) => Name),
    ...(metrics === true ? [vdm] : []),
  ];
  const [opens, clicks] = [trackersOf('OPEN'), trackersOf('CLICK')];
  const tracked = [...(opens.length > 0 ? ['opens'] : []), ...(clicks.length > 0 ? ['clicks'] : [])];
  if (tracked.length > 0) {
    const changes = [
      ...(opens.length > 0 ? ['adds a pixel to HTML mail'] : []),
      ...(clicks.length > 0 ? [`rewrites ${opens.length > 0 ? 'its links' : 'the links in HTML mail'}`] : []),
    ];
    const by = sourcesText([...new Set([...opens, ...clicks])]);
    const domain = domainText(sources.set);
    return ok(
      'tracking',
      `SES tracks ${tracked.join(' and ')} for ${by}: it ${changes.join(' and ')}${domain}`,
    );
  }
  if (destinations === undefined) return notChecked('tracking', 'the event destinations could not be read');
  if (metrics === undefined)
    return notChecked('tracking', 'the settings of Virtual Deliverability Manager could not be read');
  return ok('tracking', 'SES tracks neither opens nor clicks: it adds no pixel and rewrites no links');
}

export { judgeTracking, type TrackingSources };
