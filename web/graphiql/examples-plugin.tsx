import { PlayIcon, Tooltip, useGraphiQL, type GraphiQLPlugin } from "@graphiql/react";
import type { Example } from "./example";
import { useOpenExample } from "./open-example";

/** The sidebar panel that lists the example queries under their groups. */
export function examplesPlugin(examples: readonly Example[]): GraphiQLPlugin {
  return {
    title: "Examples",
    icon: ExamplesIcon,
    content: () => <Examples examples={examples} />,
  };
}

function Examples({ examples }: { examples: readonly Example[] }) {
  const openExample = useOpenExample(examples);
  const ready = useGraphiQL((state) => Boolean(state.queryEditor));
  const shownQuery = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query?.trim());
  const groups = [...new Set(examples.map((example) => example.group))];
  return (
    <section aria-label="Examples" className="examples">
      <h2>Examples</h2>
      <p className="examples-hint">Open one to read and change it, or run it at once.</p>
      {examples.length === 0 && <p>No examples could be loaded.</p>}
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3>{group}</h3>
          <ul>
            {examples
              .filter((example) => example.group === group)
              .map((example) => (
                <li key={example.title} {...(example.query === shownQuery ? { "aria-current": true } : {})}>
                  <button
                    type="button"
                    className="example-open"
                    disabled={!ready}
                    onClick={() => openExample(example, "show")}
                  >
                    <strong>{example.title}</strong>
                    <span>{example.description}</span>
                  </button>
                  <Tooltip label="Open and run">
                    <button
                      type="button"
                      className="example-run"
                      disabled={!ready}
                      aria-label={`Run: ${example.title}`}
                      onClick={() => openExample(example, "run")}
                    >
                      <PlayIcon aria-hidden="true" />
                    </button>
                  </Tooltip>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M3 4.5h3M3 10h3M3 15.5h3M9.5 4.5H17M9.5 10H17M9.5 15.5H14" />
    </svg>
  );
}
