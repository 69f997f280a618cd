import { z } from 'zod';
import { openEnum, timestamp } from './schema';

/** What an open and a click have in common. */
const engagement = {
  timestamp,
  /** IPv4 or IPv6; often a mail provider's proxy. */
  ipAddress: z.string().nullish(),
  userAgent: z.string().nullish(),
  /** Text, not a boolean; absent before 2026-08-06. */
  isBotEvent: openEnum(['Likely', 'Unlikely']).nullish(),
};

export { engagement };
