import { closestName } from '../../consumer/queries/questions/closest-name';

/** A name without case and underscores, so that the spelling of Terraform counts as the same name. */
const plain = (name: string) => name.toLowerCase().replaceAll('_', '');

/**
 * Returns the closest of some names to an unknown one; undefined when none is close.
 * @example closestSetting('buffering_interval', ['bufferingInterval', 'bufferingSize']) // 'bufferingInterval'
 */
function closestSetting(unknown: string, names: readonly string[]): string | undefined {
  const closest = closestName(plain(unknown), names.map(plain));
  return names.find((name) => plain(name) === closest);
}

export { closestSetting };
