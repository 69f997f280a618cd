/** A mistake in the address of a page. The message contains the fix, and is shown in the browser. */
class InputError extends Error {
  override readonly name = 'InputError';
}

export { InputError };
