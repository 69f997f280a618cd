/** An object without its undefined members. */
type Defined<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> };

/** Arguments without those that are undefined: CDKTF's types tell an absent argument from an undefined one. */
function defined<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as Defined<Value>; // what is left of the same members
}

export { defined };
