import { variablesText, type Example } from "./example";

interface Opening {
  readonly query: string;
  readonly variables: string;
}

/**
 * What the editor opens with: the operation that the address carries (`?query=…&variables=…`, the parameters of a
 * GraphQL GET request), else the first example on a first visit, else null, which lets GraphiQL restore its tabs.
 */
export function openingOperation(
  search: string,
  storedTabs: string | null,
  examples: readonly Example[],
): Opening | null {
  const parameters = new URLSearchParams(search);
  const query = parameters.get("query");
  if (query !== null) return { query, variables: parameters.get("variables") ?? "" };
  const first = examples[0];
  if (storedTabs === null && first) return { query: first.query, variables: variablesText(first) };
  return null;
}
