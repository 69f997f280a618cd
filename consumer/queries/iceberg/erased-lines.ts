import { sqlText } from '../../archive/dialects/literals';
import { eventId } from '../lines/events-from-lines';
import { archiveTables } from './archive-tables';

/** The column for the id of the event of a line as it was delivered. */
const originalId = 'original_id';

const localCharacter = String.raw`[\p{L}\p{M}\p{N}.$%&'+^_~{}-]`;
const label = String.raw`[\p{L}\p{M}\p{N}-]+`;

/**
 * An escape of JSON, or an address without the quotation marks before it. A local part has at most 64 characters. The
 * limits bound the time for a long text. The exact search of an erasure has the same boundaries.
 */
const escapeOrAddress = String.raw`(\\(?:u[0-9a-fA-F]{4}|.))|([.'&]{0,4})(${localCharacter}{1,64}@${label}(?:\.${label})*)(?!%|\\u)`;

/** The hash of an address, as an expression; the same as `addressHash`. */
const hashOf = (address: string, salt = 'salt') =>
  `lower(to_hex(sha256(to_utf8(${salt} || ':' || lower(${address})))))`;

/** Selects the erased people as one row: `people`, a map of hash to pseudonym, which is empty without any, and `salt`. */
const erasedPeople = `SELECT coalesce(map_agg(address_hash, pseudonym), MAP()) AS people, min(salt) AS salt FROM ${archiveTables.tombstones}`;

/**
 * Selects lines with the pseudonyms of erased people in the place of their addresses, as far as SQL can find them: as
 * they are usually written. The id is that of the delivered line.
 */
function withoutErased(lines: string): string {
  const replaced = `coalesce(found[1], found[2] || coalesce(element_at(people, ${hashOf('found[3]')}), found[3]))`;
  return `
      SELECT ${eventId} AS ${originalId}, places,
        CASE WHEN cardinality(people) = 0 THEN line
          ELSE regexp_replace(line, ${sqlText(escapeOrAddress)}, found -> ${replaced}) END AS line
      FROM (${lines}) new_lines
      CROSS JOIN (${erasedPeople}) AS erased`;
}

export { erasedPeople, hashOf, originalId, withoutErased };
