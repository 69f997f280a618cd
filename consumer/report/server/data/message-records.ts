import { sqlText } from '../../../archive/dialects/literals';
import { eventQuery } from '../../../archive/export/event-filter';
import { storedEvent } from '../../../archive/rows/stored-event';
import type { Database } from '../../../archive/store/database';

/** A record of a message, as the archive stores it. */
interface MessageRecord {
  eventId: string;
  eventType: string;
  /** Undefined when the record contains no time. */
  time: Date | undefined;
  /** The record as JSON. */
  record: string;
}

/**
 * Returns the first records of a message, by time.
 * @param limit maximum number of records, because a message can have thousands
 */
async function messageRecords(
  database: Database,
  messageId: string,
  limit: number,
): Promise<MessageRecord[]> {
  const records: MessageRecord[] = [];
  const rows = database.stream(`${eventQuery(`message_id = ${sqlText(messageId)}`)} LIMIT ${limit}`);
  for await (const batch of rows)
    for (const row of batch) {
      const { id, event, record } = storedEvent(row);
      const time = row.event_time instanceof Date ? row.event_time : undefined;
      records.push({ eventId: id, eventType: event.eventType, time, record });
    }
  return records;
}

export { type MessageRecord, messageRecords };
