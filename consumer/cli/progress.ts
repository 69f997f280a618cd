import { byteCount, type ReadCounts, recordCount } from '../records/counts';
import { formatBytes, formatCount } from './format';
import { StatusLine } from './status-line';

/** Shows how far a reading has come; on a terminal only. */
class Progress extends StatusLine {
  /**
   * @param counts called from time to time for what has been read so far
   * @param wanted whether the user wants to see it
   */
  constructor(counts: () => ReadCounts, wanted: boolean) {
    const started = Date.now();
    const payload = () => {
      const read = counts();
      const seconds = Math.max((Date.now() - started) / 1000, 0.001);
      return {
        objects: formatCount(read.objects),
        records: formatCount(recordCount(read)),
        rate: formatCount(Math.round(recordCount(read) / seconds)),
        bytes: formatBytes(byteCount(read)),
      };
    };
    super('{objects} objects  {records} records  {rate}/s  {bytes}', payload, wanted);
  }
}

export { Progress };
