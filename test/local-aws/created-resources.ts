/** Returns a function that receives the output of a deployment in parts and reports each created resource once. */
function createdResources(onResource: (address: string) => void): (output: string) => void {
  let open = '';
  return (output) => {
    const lines = `${open}${output}`.split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) {
      const address = /(\S+\.\S+) \(\S+\): Creation complete|(\S+\.\S+): Creation complete/.exec(line);
      if (address !== null) onResource(address[1] ?? address[2] ?? '');
    }
  };
}

export { createdResources };
