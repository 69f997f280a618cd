import { describeWithPython } from '../python/describe-with-python';

/** Like `describe`, for tests that require moto; `executables` is the folder of `moto_server`. */
const describeWithMoto: typeof describeWithPython = (name, tests) => describeWithPython(name, tests);

export { describeWithMoto };
