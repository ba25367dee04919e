/** One example query, as `/graphiql/examples.json` lists it. */
export interface Example {
  readonly group: string;
  readonly title: string;
  readonly description: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export function variablesText(example: Example): string {
  return example.variables ? JSON.stringify(example.variables, null, 2) : "";
}
