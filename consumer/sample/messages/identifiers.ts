import type { Sender } from '../profiles/senders';
import type { Random } from '../seed/random';

const regionPrefixes = { 'us-east-1': '0100', 'eu-west-1': '0102' } as const;

/** Returns an id in the form of SES for messages and feedback: region, milliseconds, a unique part. */
function sesId(random: Random, region: Sender['region'], time: number): string {
  return `${regionPrefixes[region]}${time.toString(16).padStart(12, '0')}-${random.uuid()}-000000`;
}

/** Formats epoch milliseconds as SES does. */
function isoTime(time: number): string {
  return new Date(time).toISOString();
}

export { isoTime, sesId };
