import { type PartitionWindow, partitionFilter } from '../../queries/prelude/partition-filter';

/** Formats the partitions that statements for Athena scan, as a comment of SQL. */
function scanNote(window: PartitionWindow | undefined): string {
  const filter = window && partitionFilter(window);
  return `\n-- scans ${filter === undefined ? 'all partitions: add --since or --until to scan less' : `the partitions with ${filter}`}\n`;
}

export { scanNote };
