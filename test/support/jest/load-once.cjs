// A transformer of Jest's that loads a module once in a worker, outside of the test file (see environment.ts): Jest gives each test file a copy of
// its own of whatever it imports, and to load the whole server and make its schema takes longer than the tests of most files.

/** @type {import("@jest/transform").SyncTransformer} */
module.exports = { process: () => ({ code: "module.exports = loadOnce(__filename);" }) };
