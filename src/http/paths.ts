// The addresses of this server that more than one file speaks of.

export const GRAPHQL_PATH = "/graphql";
/** What begins with it is about the process, and is answered also where nothing else is. */
export const HEALTH_PATH = "/health/";
