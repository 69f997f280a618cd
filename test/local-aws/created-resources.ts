import { stripVTControlCharacters } from 'node:util';

/**
 * Returns a function that receives the output of a deployment in parts. It reports the address of each resource when
 * Terraform has created it.
 */
function createdResources(onResource: (address: string) => void): (output: string) => void {
  let open = '';
  return (output) => {
    const lines = `${open}${output}`.split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) {
      const [, address] = /(\S+): Creation complete/.exec(stripVTControlCharacters(line)) ?? [];
      if (address !== undefined) onResource(address);
    }
  };
}

export { createdResources };
