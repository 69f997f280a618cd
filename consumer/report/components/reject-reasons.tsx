import type { PlainValue } from '../../queries/engines/plain-value';
import { formatCount } from '../../texts/number-text';
import { shellWord } from '../../texts/shell-word';
import { CellBar } from '../charts/cell-bar';

/** Counts the rejected records of an archive by their reasons. */
const rejectReasons =
  'SELECT reason, count(*) AS records FROM rejects GROUP BY reason ORDER BY records DESC, reason';

/** The rejected records of an archive by their reasons, which are words of this package. */
function RejectReasons({ rows }: { rows: readonly Readonly<Record<string, PlainValue>>[] }) {
  const most = Math.max(...rows.map(({ records }) => Number(records)));
  return (
    <figure>
      <figcaption>
        <h3>Rejected records</h3>
        <p class="note">
          {'Records of the whole archive that are in no other figure. '}
          <code>ses-events rejects</code>
          {' lists them with their places.'}
        </p>
      </figcaption>
      <table>
        <thead>
          <tr>
            <th scope="col" data-column="reason">
              Reason
            </th>
            <th scope="col" data-column="records" class="number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ reason, records }) => (
            <tr>
              <td>{String(reason)}</td>
              <td class="number">
                {formatCount(Number(records))}
                <CellBar share={Number(records) / most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <code class="command">{`ses-events query ${shellWord(rejectReasons)}`}</code>
    </figure>
  );
}

export { RejectReasons, rejectReasons };
