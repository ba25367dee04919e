// Once a run, where a test file needs it.
export { fillServerDatabase as default } from "./run-folder";
