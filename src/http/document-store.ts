// Documents that were parsed and found valid, so that what is sent again is not parsed again.
import type { ApolloServerOptions } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { GraphqlContext } from "./graphql-context";

/**
 * How long the texts of all documents that are kept may be together, in characters. Parsed, each takes some 90 bytes: Apollo's own store holds
 * five times as much, which callers who never send the same twice would fill.
 */
const CHARACTERS_AT_MOST = 300_000;

type DocumentStore = NonNullable<ApolloServerOptions<GraphqlContext>["documentStore"]>;

export function documentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: CHARACTERS_AT_MOST,
    sizeCalculation: ({ loc }) => Math.max(1, loc?.end ?? CHARACTERS_AT_MOST),
  });
  return {
    get: (key) => Promise.resolve(documents.get(key)),
    set: (key, document) => {
      documents.set(key, document);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(documents.delete(key)),
  };
}
