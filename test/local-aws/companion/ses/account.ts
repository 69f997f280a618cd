import { z } from 'zod';
import { type Route, route } from './route';

/**
 * The account: with production access, healthy, with the quota of a small sender.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
 */
const accountRoutes: readonly Route[] = [
  route('GET', '/v2/email/account', z.unknown(), ({ region }) => ({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: region.messages.size },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  })),
];

export { accountRoutes };
