// Once a run, where a test file needs it.
export { fillEmbeddedDatabase as default } from "./run-folder";
