/**
 * Loads one file of each package that the constructs require and that ses-event-archive does not install.
 * @throws {Error} when one of them is not installed
 */
function checkPeerPackages(): void {
  try {
    require('constructs');
    require('cdktf');
    require('@cdktf/provider-aws/lib/s3-bucket');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException; // thrown by require
    if (code !== 'MODULE_NOT_FOUND') throw cause;
    throw new Error(
      `ses-event-archive/modules requires cdktf, @cdktf/provider-aws and constructs (${message.split('\n')[0]}): ` +
        'run npm install cdktf @cdktf/provider-aws constructs',
      { cause },
    );
  }
}

checkPeerPackages();
