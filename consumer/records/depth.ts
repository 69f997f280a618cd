/** Whether a parsed JSON value nests no deeper than `limit` objects and arrays. */
function isWithinDepth(value: object, limit: number): boolean {
  if (limit === 0) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (!isChildWithin(value[i], limit)) return false;
    }
    return true;
  }
  for (const key in value) {
    // Only keys that for-in has just named are read.
    if (!isChildWithin((value as Record<string, unknown>)[key], limit)) return false;
  }
  return true;
}

function isChildWithin(child: unknown, limit: number): boolean {
  return typeof child !== 'object' || child === null || isWithinDepth(child, limit - 1);
}

export { isWithinDepth };
