import type { Argument, Option } from 'commander';

/** A value that an argument or option accepts, with its description. */
interface ValueName {
  name: string;
  description?: string;
}

/** The known values of an argument or option. */
interface ValueNames {
  names: () => readonly ValueName[];
  /** Whether a value can be several names, comma-separated. */
  isList: boolean;
}

const known = new WeakMap<Argument | Option, ValueNames>();

/**
 * Adds the known values of an argument or option, for the completion in a shell. Unlike commander's choices, they
 * are not in the help, and parsing does not check them.
 *
 * @param names called only for the completion, because reading the names can take time
 */
function addValueNames<Value extends Argument | Option>(
  value: Value,
  names: ValueNames['names'],
  { isList = false }: { isList?: boolean } = {},
): Value {
  known.set(value, { names, isList });
  return value;
}

/** Returns the known values of an argument or option: those of {@link addValueNames}, or commander's choices. */
function valueNames(value: Argument | Option): ValueNames | undefined {
  const { argChoices } = value;
  return (
    known.get(value) ?? (argChoices && { names: () => argChoices.map((name) => ({ name })), isList: false })
  );
}

export { addValueNames, type ValueName, valueNames };
