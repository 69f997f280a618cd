import type { EventKind } from '../../events';
import { blockOfKind, type Column, fieldColumns, identityColumns } from '../store/columns';
import { machineReason } from './machine';
import { columnsOfEvents, columnsOfType, type View } from './view';

/** The view of each kind. The view of Reject events has another name, because the archive's table `rejects` differs. */
const kindViews: Readonly<Record<EventKind, string>> = {
  Send: 'sends',
  Delivery: 'deliveries',
  Bounce: 'bounces',
  Complaint: 'complaints',
  Open: 'opens',
  Click: 'clicks',
  Reject: 'rejects_by_ses',
  'Rendering Failure': 'rendering_failures',
  DeliveryDelay: 'delivery_delays',
  Subscription: 'subscriptions',
};

/** Whether records of a kind can have a column: it is in the mail block or in the kind's block, or it is a copy. */
function hasColumn({ paths, copiedFrom }: Column, block: string | undefined): boolean {
  return copiedFrom !== undefined || paths.some((path) => [block, 'mail'].includes(path.split('.')[0]));
}

/** The columns of a kind's view, in the order of the table. */
function columnsOfKind(kind: EventKind): string[] {
  const fields = fieldColumns.filter((column) => hasColumn(column, blockOfKind[kind]));
  return [...identityColumns, ...fields].map(({ name }) => name);
}

function kindView(kind: EventKind, name: string): View {
  const isReading = kind === 'Open' || kind === 'Click';
  const derived = isReading ? [`${machineReason} AS machine_reason`] : [];
  return {
    name,
    meaning: `One row for each ${kind} event, with the columns of this kind.`,
    columns: [
      ...columnsOfEvents(columnsOfKind(kind)),
      ...columnsOfType('varchar', ...(isReading ? ['machine_reason'] : [])),
    ],
    sql: () =>
      `SELECT ${[...columnsOfKind(kind), ...derived].join(', ')} FROM unique_events WHERE event_type = '${kind}'`,
  };
}

const viewsOfKinds: readonly View[] = Object.entries(kindViews).map(
  ([kind, name]) => kindView(kind as EventKind, name), // Object.entries loses the key type
);

export { viewsOfKinds };
