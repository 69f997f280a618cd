// Imports the types of CDKTF's matchers, such as toHaveResourceWithProperties.
import 'cdktf/lib/testing/adapters/jest';
import { Testing } from 'cdktf';

Testing.setupJest();
