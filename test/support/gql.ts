// Documents of tests, with the types that `npm run generate:tests` makes of them.
import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";
import type { Documents } from "../generated/documents";

/** The text of an operation, which says what it answers with and which variables it takes. */
export type Document<Result, Variables extends object> = string & Required<DocumentTypeDecoration<Result, Variables>>;
export type DocumentOf<Text extends keyof Documents> = Document<
  Documents[Text]["result"],
  Documents[Text]["variables"]
>;

/** The variables of a document as the arguments after it: none where it takes none, and one that is left out where none must be given. */
export type Given<Variables extends object> =
  Variables extends Record<string, never> ? [] : Partial<Variables> extends Variables ? [Variables?] : [Variables];

/** Does not compile for a text that is new, or changed, until its types are made. */
export function gql<const Text extends keyof Documents>(text: Text): DocumentOf<Text> {
  return text as string as DocumentOf<Text>;
}
