import type { ArchiveFacts } from '../../../queries/answers/open-source';
import { formatNumber, formatTime } from '../../../texts/number-text';

interface FreshnessProps {
  facts: ArchiveFacts | undefined;
  now: Date;
  isMasked: boolean;
  /** The address of the same page. */
  address: string;
}

/** The line about the age of the data, with a link that reads it again. */
function Freshness({ facts, now, isMasked, address }: FreshnessProps) {
  const read = `Read at ${formatTime(now)} UTC`;
  const data =
    facts === undefined
      ? 'with Athena'
      : `${formatNumber(facts.events, 'event')}${facts.newest === undefined ? '' : `, newest ${formatTime(facts.newest)} UTC`}`;
  return (
    <p class="note" id="freshness">
      {`${read}: ${data}.`}
      {isMasked ? ' Addresses are masked.' : ''} <a href={address}>Refresh</a>
    </p>
  );
}

export { Freshness };
