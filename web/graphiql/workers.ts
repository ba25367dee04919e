// Monaco asks this hook for its background workers. They are bundles of their own, and the build fills in their
// addresses, because their names carry a hash of their content.
declare const WORKER_URLS: { readonly editor: string; readonly graphql: string; readonly json: string };

interface MonacoEnvironment {
  getWorker(workerId: string, label: string): Worker;
}

export function installWorkers(): void {
  const environment: MonacoEnvironment = {
    getWorker(_workerId, label) {
      const url = label === "graphql" ? WORKER_URLS.graphql : label === "json" ? WORKER_URLS.json : WORKER_URLS.editor;
      return new Worker(url, { name: label });
    },
  };
  Object.assign(globalThis, { MonacoEnvironment: environment });
}
