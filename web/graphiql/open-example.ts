import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { Kind, parse, type OperationDefinitionNode } from "graphql";
import { variablesText, type Example } from "./example";

type OpenExample = (example: Example, then: "show" | "run") => void;

/**
 * Opens an example without losing anybody's work: in the tab that already shows it, else in the current tab when that
 * is empty or holds an example nobody has changed, else in a new tab.
 */
export function useOpenExample(examples: readonly Example[]): OpenExample {
  const actions = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor, tabs, activeTabIndex } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    responseEditor: state.responseEditor,
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
  }));

  return (example, then) => {
    if (!queryEditor) return;
    actions.stop();
    const current = queryEditor.getValue().trim();
    const shown = tabs.findIndex(
      (tab, index) => (index === activeTabIndex ? current : tab.query?.trim()) === example.query,
    );
    if (shown >= 0) {
      if (shown !== activeTabIndex) actions.changeTab(shown);
    } else {
      const untouched = current === "" || examples.some((other) => other.query === current);
      if (!untouched) actions.addTab();
      queryEditor.setValue(example.query);
      variableEditor?.setValue(variablesText(example));
      responseEditor?.setValue("");
    }
    announceOperation(example.query);
    if (then === "run") actions.run();
  };

  // GraphiQL reads the operation's name from the text only 100 ms after a change; running at once would send the
  // name of the operation that was there before.
  function announceOperation(query: string): void {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const operationName = operations[0]?.name?.value;
    actions.setOperationFacts({ documentAST, operations, ...(operationName ? { operationName } : {}) });
    actions.updateActiveTabValues({
      query,
      variables: variableEditor?.getValue() ?? null,
      response: responseEditor?.getValue() ?? null,
      operationName: operationName ?? null,
    });
  }
}
