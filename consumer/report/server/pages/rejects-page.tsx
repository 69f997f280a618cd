import { countRejects, listRejects, type RejectFilter } from '../../../archive/rejects/list';
import type { Reject, RejectReason } from '../../../records/outcome';
import { formatCount, formatNumber } from '../../../texts/number-text';
import { shellWord } from '../../../texts/shell-word';
import { terminalText } from '../../../texts/terminal-text';
import { EventText } from '../../components/event-text';
import { Scrolling } from '../../components/scrolling';
import { InputError } from '../data/input-error';
import type { MakePage, PageSource } from '../data/page';
import { TextForm } from './text-form';
import { withForm } from './with-form';

/** Rejects that a page shows. */
const maxRejects = 200;

/** The parameters of the page, with the labels of their fields. */
const labels = { reason: 'Reason', object: 'Object' } as const;

/** Returns the filter of an address. A reason that no reject has is not a mistake. */
function filterOf(query: URLSearchParams): RejectFilter {
  const unknown = [...query.keys()].find((name) => !Object.hasOwn(labels, name));
  if (unknown !== undefined)
    throw new InputError(`This page has no parameter ${unknown}. It has ${Object.keys(labels).join(', ')}.`);
  const reason = query.get('reason') || undefined;
  const object = query.get('object') || undefined;
  return { reason: reason as RejectReason | undefined, object }; // compared with those of the archive only
}

function commandOf({ reason, object }: RejectFilter, mask: PageSource['mask']): string {
  const words = [
    ...(reason === undefined ? [] : ['--reason', mask(reason)]),
    ...(object === undefined ? [] : ['--object', mask(object)]),
  ];
  return terminalText(['ses-events', 'rejects', ...words].map(shellWord).join(' '));
}

const rejectsAddress = (filter: Record<string, string>) => `/rejects?${new URLSearchParams(filter)}`;

function RejectTable({ rejects, source }: { rejects: readonly Reject[]; source: PageSource }) {
  return (
    <Scrolling caption="Rejected records">
      <table>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col" class="number">
              Byte
            </th>
            <th scope="col" class="number">
              Length
            </th>
            <th scope="col">Reason</th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map(({ object, offset, length, reason, message }) => (
            <tr>
              <td>
                {/* The address of a link would show what is masked. */}
                {source.isMasked ? (
                  <EventText text={source.mask(object)} />
                ) : (
                  <a href={rejectsAddress({ object })}>
                    <EventText text={object} />
                  </a>
                )}
              </td>
              <td class="number">{formatCount(offset)}</td>
              <td class="number">{formatCount(length)}</td>
              <td>
                <a href={rejectsAddress({ reason })}>{reason}</a>
              </td>
              <td>
                <EventText text={source.mask(message)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** The rejected records of the archive, with their places and reasons. */
const rejectsPage: MakePage = ({ query }, source) => {
  const fields = Object.entries(labels).map(([name, label]) => ({
    name,
    label,
    value: query.get(name) ?? '',
  }));
  const form = <TextForm action="/rejects" fields={fields} />;
  return withForm({ title: 'Rejected records', form }, async () => {
    const { database } = source;
    if (database === undefined)
      return [<p class="empty">Rejected records are in an archive only. Athena does not have them.</p>];
    const filter = filterOf(query);
    const rejects: Reject[] = [];
    for await (const reject of listRejects(database, { ...filter, limit: maxRejects })) rejects.push(reject);
    const counts = await countRejects(database, filter);
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const reasons = counts.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ');
    return [
      <p>{`${formatNumber(total, 'rejected record')}${total === 0 ? '' : `: ${reasons}`}.`}</p>,
      total === 0 ? null : <RejectTable rejects={rejects} source={source} />,
      total > rejects.length ? <p class="note">{`The first ${rejects.length} are shown.`}</p> : null,
      <p class="note">The command for the same rows:</p>,
      <code class="command">{commandOf(filter, source.mask)}</code>,
    ];
  });
};

export { rejectsPage };
