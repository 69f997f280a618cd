/**
 * Returns the arguments of a corrected call, from those of a wrong one; undefined where the correct call is
 * unknown.
 */
type Correction = (args: readonly string[]) => readonly string[] | undefined;

/** Whether an argument is an option, alone or with its value: `--tag` or `--tag=a=b`. */
const isOption = (arg: string, flag: string) => arg === flag || arg.startsWith(`${flag}=`);

/** Returns the index of the only match. With several matches, the wrong one is unknown. */
function onlyIndex(args: readonly string[], matches: (arg: string) => boolean): number | undefined {
  const found = args.flatMap((arg, index) => (matches(arg) ? [index] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Replaces an argument, or the value in `--option=value`. */
function replaceWord(word: string, replacement: string): Correction {
  return (args) => {
    const index = onlyIndex(
      args,
      (arg) => arg === word || (arg.startsWith('--') && arg.endsWith(`=${word}`)),
    );
    const arg = index === undefined ? undefined : args[index];
    return index === undefined || arg === undefined
      ? undefined
      : args.with(index, arg.slice(0, arg.length - word.length) + replacement);
  };
}

/** Renames an option, and keeps its value. */
function renameOption(flag: string, replacement: string): Correction {
  return (args) => {
    const index = onlyIndex(args, (arg) => isOption(arg, flag));
    const arg = index === undefined ? undefined : args[index];
    return index === undefined || arg === undefined
      ? undefined
      : args.with(index, replacement + arg.slice(flag.length));
  };
}

/** Renames each of the options that is in the arguments. */
function renameAll(names: readonly (readonly [flag: string, replacement: string])[]): Correction {
  return (args) =>
    names.reduce<readonly string[]>(
      (renamed, [flag, to]) => renameOption(flag, to)(renamed) ?? renamed,
      args,
    );
}

/** Inserts arguments before an option. */
function insertBefore(flag: string, ...words: readonly string[]): Correction {
  return (args) => {
    const index = onlyIndex(args, (arg) => isOption(arg, flag));
    return index === undefined ? undefined : args.toSpliced(index, 0, ...words);
  };
}

/** Removes an option with its value, and calls `use` with the value to insert arguments in its place. */
function replaceOption(flag: string, use: (value: string) => readonly string[] = () => []): Correction {
  return (args) => {
    const index = onlyIndex(args, (arg) => isOption(arg, flag));
    if (index === undefined) return undefined;
    const isJoined = args[index] !== flag;
    const value = isJoined ? args[index]?.slice(flag.length + 1) : args[index + 1];
    return value === undefined ? undefined : args.toSpliced(index, isJoined ? 1 : 2, ...use(value));
  };
}

/** Applies corrections one after the other. One that does not apply makes the correct call unknown. */
function inOrder(...corrections: readonly Correction[]): Correction {
  return (args) =>
    corrections.reduce<readonly string[] | undefined>(
      (corrected, correct) => corrected && correct(corrected),
      args,
    );
}

export { type Correction, inOrder, insertBefore, renameAll, renameOption, replaceOption, replaceWord };
