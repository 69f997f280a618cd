import type { RejectReason } from '../../records/outcome';
import { sqlText } from '../dialects/literals';

/** Which rejects are meant; all when nothing is said. */
interface RejectFilter {
  /** Only those rejected for this reason. */
  reason?: RejectReason | undefined;
  /** Only those of this object, by the name that the archive has: `s3://bucket/key` or a whole path. */
  object?: string | undefined;
}

/** The filter as a condition on `rejects` joined with `objects`. */
function rejectCondition({ reason, object }: RejectFilter): string {
  const conditions = [
    ...(reason === undefined ? [] : [`reason = ${sqlText(reason)}`]),
    ...(object === undefined ? [] : [`object = ${sqlText(object)}`]),
  ];
  return conditions.join(' AND ') || 'true';
}

export { type RejectFilter, rejectCondition };
