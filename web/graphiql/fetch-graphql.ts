import type { GraphiQLProps } from "graphiql";

/**
 * Sends one operation to the page's own address. Answers with an error status are shown as they are, since GraphQL
 * errors come in their body; only what is not JSON, from a proxy say, throws.
 */
export const fetchGraphql: GraphiQLProps["fetcher"] = async (operation, options) => {
  const response = await fetch(window.location.pathname, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...options?.headers,
    },
    body: JSON.stringify(operation),
  });
  const body = await response.text();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText} and no JSON: ${body.slice(0, 300)}`);
  }
};
