// Once a run, at its end.
export { removeRunFolder as default } from "./run-folder";
