import { traced } from '../../../queries/trace/steps';
import { formatNumber } from '../../../texts/number-text';
import { shellWord } from '../../../texts/shell-word';
import { terminalText } from '../../../texts/terminal-text';
import { addressParameters } from '../data/address-parameters';
import { InputError } from '../data/input-error';
import type { MakePage } from '../data/page';
import { TextForm } from './text-form';
import { Timeline } from './timeline';
import { withForm } from './with-form';

/** Number of steps that a page shows. */
const maxSteps = 1_000;

/** The page of a person: the timeline of all messages to an address, the newest last. */
const personPage: MakePage = ({ query }, source) => {
  const address = query.get('address')?.trim() ?? '';
  const field = { name: 'address', label: 'Recipient', value: address, example: 'ana@example.com' };
  const form = <TextForm action="/people" fields={[field]} />;
  const title = address === '' ? 'Messages to a person' : `Messages to ${source.mask(address)}`;
  return withForm({ title, form }, async () => {
    if (address === '') return [];
    const of = traced(address);
    if (!('address' in of)) throw new InputError('This is not an email address (example: ana@example.com).');
    const timeline = await source.open.trace(of, {});
    if (timeline.count === 0) return [<p class="empty">No events of this address.</p>];
    const steps = [...timeline.newest(maxSteps)];
    const shown = steps.length < timeline.count ? `The newest ${steps.length} of ` : '';
    return [
      <p>
        <a href={`/messages?${addressParameters({ recipient: address })}`}>List of these messages</a>
      </p>,
      <Timeline steps={steps} source={source} hasMessages />,
      <p class="note">{`${shown}${formatNumber(timeline.count, 'step')}. The command for the same rows:`}</p>,
      <code class="command">{terminalText(`ses-events trace ${shellWord(source.mask(address))}`)}</code>,
    ];
  });
};

export { personPage };
