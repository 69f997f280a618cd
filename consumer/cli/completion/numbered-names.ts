import type { CompletedNames } from './completed-command';

/** The different lists of names in a script, numbered from 0, so that the script has each only once. */
class NumberedNames {
  private readonly lists = new Map<string, CompletedNames>();

  /** Returns the number of a list, and adds the list if it is new. */
  numberOf(values: CompletedNames): number {
    const key = JSON.stringify(values);
    if (!this.lists.has(key)) this.lists.set(key, values);
    return [...this.lists.keys()].indexOf(key);
  }

  /** Returns all lists, in the order of their numbers. */
  all(): readonly CompletedNames[] {
    return [...this.lists.values()];
  }
}

export { NumberedNames };
