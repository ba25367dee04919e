// The page that a browser gets at GET /graphql: GraphiQL with the project's example queries beside it.
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import type { Example } from "./example";
import { examplesPlugin } from "./examples-plugin";
import { fetchGraphql } from "./fetch-graphql";
import { Logo } from "./logo";
import { openingOperation } from "./opening";
import { installWorkers } from "./workers";

async function loadExamples(): Promise<readonly Example[]> {
  const response = await fetch("/graphiql/examples.json");
  if (!response.ok) throw new Error(`/graphiql/examples.json answered ${response.status}`);
  return (await response.json()) as Example[];
}

async function openPage(container: HTMLElement): Promise<void> {
  // The editor is of use without its examples.
  const examples = await loadExamples().catch((error: unknown) => {
    console.error("The example queries could not be loaded.", error);
    return [];
  });
  const storedTabs = localStorage.getItem("graphiql:tabState");
  const opening = openingOperation(window.location.search, storedTabs, examples);
  const plugins = [examplesPlugin(examples), HISTORY_PLUGIN];
  createRoot(container).render(
    <GraphiQL
      fetcher={fetchGraphql}
      plugins={plugins}
      // Later, GraphiQL itself remembers which panel is open, and whether one is.
      {...(storedTabs === null ? { visiblePlugin: "Examples" } : {})}
      defaultQuery={examples[0]?.query ?? ""}
      {...(opening ? { initialQuery: opening.query, initialVariables: opening.variables } : {})}
      defaultEditorToolsVisibility="variables"
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <Logo />
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}

const container = document.getElementById("graphiql");
if (!container) throw new Error('index.html must have an element with the id "graphiql".');
installWorkers();
void openPage(container);
