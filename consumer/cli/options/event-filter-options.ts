import { type Command, InvalidArgumentError, Option } from 'commander';
import { type EventKind, eventKinds } from '../../events';
import { closestName } from '../../queries/questions/closest-name';
import { UsageError } from '../process/exit-code';
import { addOptionGroup } from './help-text';
import { addTimeOptions, type TimeCliOptions } from './time-range-options';
import { addValueNames } from './value-names';

/** Options of every command that filters events. */
interface EventFilterCliOptions extends TimeCliOptions {
  kind?: EventKind[];
}

const plainName = (name: string) => name.toLowerCase().replaceAll(/[ _-]/g, '');
const kindNames = new Map(eventKinds.map((kind) => [plainName(kind), kind]));

/** Formats the suggestion for a list with unknown kinds, as commander does; empty where a kind is not close to any. */
function kindSuggestion(names: readonly string[]): string {
  const meant = names.map((name) => kindNames.get(plainName(name)) ?? closestName(name, eventKinds));
  return meant.includes(undefined) ? '' : `\n(Did you mean ${meant.join(',')}?)`;
}

/**
 * Parses a kind into AWS's spelling, from any common spelling: `rendering-failure`, `RENDERING_FAILURE`,
 * `bounce`.
 */
function parseKinds(text: string, previous: EventKind[] = []): EventKind[] {
  const names = text.split(',');
  const kinds = names.map((name) => {
    const kind = kindNames.get(plainName(name));
    if (kind === undefined)
      throw new InvalidArgumentError(`Allowed kinds are ${eventKinds.join(', ')}.${kindSuggestion(names)}`);
    return kind;
  });
  return [...previous, ...kinds];
}

/**
 * Adds the options of every command that filters events.
 * @param addOwn adds the filters that only this command has
 */
function addEventFilterOptions(
  command: Command,
  addOwn: (command: Command) => Command = (same) => same,
): Command {
  return addOptionGroup(command, 'filter', (filter) =>
    addOwn(
      addTimeOptions(
        filter.addOption(
          addValueNames(
            new Option(
              '-k, --kind <kind>',
              `only events of these kinds, comma-separated: ${eventKinds.join(', ')}`,
            ).argParser(parseKinds),
            () => eventKinds.map((kind) => ({ name: kind.replaceAll(' ', '') })), // one word in a shell
            { isList: true },
          ),
        ),
        'events',
      ),
    ),
  );
}

/**
 * Returns the event filter of the options.
 * @throws {UsageError} when no event can match
 */
function eventFilter({ kind, since, until }: EventFilterCliOptions) {
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since must be before --until');
  }
  return { ...(kind && { kinds: kind }), ...(since && { since }), ...(until && { until }) };
}

export { addEventFilterOptions, type EventFilterCliOptions, eventFilter };
