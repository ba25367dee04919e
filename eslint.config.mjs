// Lint rules: typescript-eslint's strict set with types, and the house's own borders (see "The order of rooms" in
// CONTRIBUTING.md). What the compiler or Prettier already says is not said again here.
import tseslint from "typescript-eslint";

const GRAPHQL = {
  packages: "^(graphql|type-graphql|graphql-scalars|@apollo/.+)(/|$)",
  why: "GraphQL stays out of the kernel, the database and the rules (*.rules.ts).",
};
const DRIVERS = {
  packages: "^(pg|@prisma/.+|@electric-sql/pglite.*|pglite-prisma-adapter)(/|$)",
  why: "Only src/database/ knows Prisma and the SQL drivers.",
};
const ENVIRONMENT = "Only src/configuration.ts reads the environment.";
const GENERATED = {
  regex: "/generated/",
  message:
    "Types that Prisma generates come from src/database/rows.ts, and Prisma Client is leased: src/database/client/.",
};
const SQL_OF_TEXT = {
  name: "sql-template-tag",
  importNames: ["raw"],
  message: "Only src/database/sql.ts makes SQL out of text.",
};
const UNTYPED = {
  regex: "/read/row$",
  importNames: ["RecordRow"],
  message: "Rows of a record type are RowOf<Model>: only the machinery works on rows of any type.",
};

/**
 * What a part of src/ must not do. ESLint takes a rule's options from the last block that names it, so a part states
 * all of its borders at once.
 */
function borders({ without = [], environment = false, sqlOfText = false, generated = false, untyped = false }) {
  const patterns = without.map(({ packages, why }) => ({ regex: packages, message: why }));
  const dynamicImports = without.map(({ packages, why }) => ({
    selector: `ImportExpression[source.value=/${packages.replaceAll("/", "\\u002F")}/]`,
    message: why,
  }));
  return {
    "no-restricted-imports": [
      "error",
      {
        patterns: [...patterns, ...(generated ? [] : [GENERATED]), ...(untyped ? [] : [UNTYPED])],
        paths: [
          ...(environment ? [] : ["process", "node:process"].map((name) => ({ name, message: ENVIRONMENT }))),
          ...(sqlOfText ? [] : [SQL_OF_TEXT]),
        ],
      },
    ],
    "no-restricted-properties": environment
      ? "off"
      : ["error", { object: "process", property: "env", message: ENVIRONMENT }],
    "no-restricted-syntax": [
      "error",
      ...dynamicImports,
      {
        selector: "ExportDefaultDeclaration, ExportSpecifier[exported.name='default']",
        message: "Export by name: a default export is called something else in every file.",
      },
    ],
  };
}

/** Where tests know the types of what they ask for. */
const TYPED_TESTS = ["knowledge", "networks", "projects", "collaboration", "registry", "statistics"].map(
  (room) => `test/api/${room}/**`,
);

export default tseslint.config(
  { ignores: ["dist/", "coverage/", ".data/", "src/database/generated/", "test/generated/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-dynamic-delete": "off",
      // Types of the graph are classes without a body, made at run time.
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // A GraphQL type's class says which fields there are; resolvers answer with plain objects.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: "error",
      "no-console": "error",
      "no-implicit-coercion": ["error", { boolean: false }],
      "prefer-const": "error",
    },
  },
  {
    files: ["src/**/*.ts", "bench/**/*.ts"],
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      ...borders({ without: [DRIVERS] }),
    },
  },
  { files: ["src/graph/**"], rules: borders({ without: [DRIVERS], untyped: true }) },
  { files: ["src/database/**"], rules: borders({ without: [GRAPHQL], untyped: true }) },
  {
    files: ["src/database/client/**", "src/database/rows.ts"],
    rules: borders({ without: [GRAPHQL], generated: true, untyped: true }),
  },
  { files: ["src/database/sql.ts"], rules: borders({ without: [GRAPHQL], sqlOfText: true, untyped: true }) },
  { files: ["src/kernel/**", "src/**/*.rules.ts"], rules: borders({ without: [GRAPHQL, DRIVERS] }) },
  { files: ["src/configuration.ts"], rules: borders({ without: [DRIVERS], environment: true }) },
  {
    files: ["test/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" },
  },
  {
    // Much is still asked here with texts that have no types: see gql in test/support/gql.ts.
    files: ["test/**"],
    ignores: TYPED_TESTS,
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  // A page has no other place to report to.
  { files: ["web/**"], rules: { "no-console": "off" } },
  {
    // Scripts and configuration files have no types; these rules find what types would.
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: { Buffer: false, URL: false, console: false, process: false },
    },
    rules: {
      eqeqeq: "error",
      "no-const-assign": "error",
      "no-dupe-keys": "error",
      "no-redeclare": "error",
      "no-undef": "error",
      "no-unreachable": "error",
      "no-unsafe-finally": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", { functions: false }],
      "prefer-const": "error",
    },
  },
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: { sourceType: "commonjs", globals: { __dirname: false, module: false, require: false } },
  },
);
