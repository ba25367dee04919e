// The root fields that count records in groups. One mechanism for all record types: what differs is declared as dimensions.
import type { Catalogue, FilterTypes } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import type { FilterInput } from "../database/read/filter";
import { groupedCounts, GROUPS_AT_MOST, type GroupKey } from "../database/read/grouped-counts";
import { at } from "../database/sql";
import type { RequestContext } from "../graph/context";
import { addQuery, type ArgDeclaration } from "../graph/declare-field";
import { enumOf } from "../graph/enums";
import type { FieldPrice } from "../graph/prices/asked";
import { DateScalar } from "../graph/scalars";
import { badInput } from "../kernel/errors";
import { lowerFirst } from "../kernel/names";
import { project } from "../projects/project.record";
import { city } from "../registry/city.record";
import { cityDimensions } from "./city-dimensions";
import { GROUPS_USUALLY, rowsPrice, statisticPrice } from "./prices";
import { dayGiven } from "./day";
import { Sources, type Dimension } from "./dimension";
import { projectDimensions } from "./project-dimensions";
import { StatisticGroup, type KeySource } from "./statistic-types";

const DIMENSIONS_AT_MOST = 2;

const SeveralValues = enumOf({
  name: "SeveralValues",
  description:
    "How records count that have several values in one dimension, such as a city in two fields or a project for three goals.",
  values: {
    TOGETHER:
      "Once, in the group of exactly these values together. The counts of all groups add up to the totalCount of the list with the same filter.",
    EACH: "Once for each value, in that value's group. The counts may add up to more than the list's totalCount.",
  },
});

interface GroupedStatistic {
  type: RecordType;
  dimensions: readonly Dimension[];
  /** whether any of the dimensions depends on the day */
  dated: boolean;
}

const groupedStatistics: readonly GroupedStatistic[] = [
  { type: city, dimensions: cityDimensions, dated: true },
  {
    type: project,
    dimensions: projectDimensions,
    dated: false,
  },
];

export function addGroupedStatistics(filters: FilterTypes): void {
  for (const statistic of groupedStatistics) addGroupedStatistic(statistic, filters);
}

function addGroupedStatistic(statistic: GroupedStatistic, filters: FilterTypes): void {
  const { type } = statistic;
  addQuery(
    `${lowerFirst(type.name)}Statistics`,
    {
      type: () => [StatisticGroup],
      description:
        `How many ${type.plural} fulfil the filter, in groups by one dimension or two: those that the list ${type.plural} shows you with the same filter. ` +
        `The largest groups come first, ${GROUPS_AT_MOST} at most: where there are more, the last one is the rest. Groups of nothing are left out.`,
      listSize: GROUPS_USUALLY,
      price: groupsPrice(statistic, filters.catalogue),
      args: argumentsOf(statistic, filters),
    },
    (args, context) => groupsOf(statistic, args, context),
  );
}

/** The rows that are grouped, and for each dimension the rows that its values are read from. */
function groupsPrice({ type, dimensions }: GroupedStatistic, catalogue: Catalogue): FieldPrice {
  const listed = statisticPrice({ [type.table]: 0.15 }, { catalogue, type });
  return (asked) => {
    const names: readonly unknown[] = [asked.args.groupBy].flat();
    const chosen = dimensions.filter(({ name }) => names.includes(name));
    return chosen.reduce((sum, { read }) => sum + rowsPrice(asked.sizes, read), listed(asked));
  };
}

function argumentsOf({ type, dimensions, dated }: GroupedStatistic, filters: FilterTypes): ArgDeclaration[] {
  const filter = filters.filterOf(type);
  const dimensionEnum = enumOf({
    name: `${type.name}Dimension`,
    description: `What ${type.plural} can be grouped by.`,
    values: Object.fromEntries(dimensions.map(({ name, description }) => [name, description])),
  });
  const args: ArgDeclaration[] = [
    { name: "filter", type: () => filter, description: "Only those that fulfil this." },
    {
      name: "groupBy",
      type: () => [dimensionEnum],
      required: true,
      description: `The dimensions, 1 to ${DIMENSIONS_AT_MOST} different ones. By two, a group is of records that share both.`,
    },
    {
      name: "severalValues",
      type: () => SeveralValues,
      defaultValue: "TOGETHER",
      description: "How records with several values in a dimension count.",
    },
  ];
  if (dated) {
    args.push({
      name: "validOn",
      type: () => DateScalar,
      description:
        "The day on which the dimensions are taken: designations, memberships, the state of reporting. Left out, today. It does not change the filter: memberOn in the filter picks the members of a day.",
    });
  }
  return args;
}

async function groupsOf(
  { type, dimensions }: GroupedStatistic,
  args: Readonly<Record<string, unknown>>,
  { database, catalogue, read }: RequestContext,
): Promise<{ keys: KeySource[]; count: number; isRest: boolean }[]> {
  const chosen = chosenDimensions(dimensions, args.groupBy as string[]);
  const from = new Sources(catalogue, read, dayGiven(args.validOn, read));
  const { groups, rest } = await groupedCounts(database, catalogue, read, {
    type,
    filter: (args.filter ?? undefined) as FilterInput | undefined,
    keys: chosen.map((dimension) => keyOf(dimension, from)),
    each: args.severalValues === "EACH",
  });
  const counted = groups.map(({ values, count }) => ({
    keys: chosen.map((dimension, i) => ({ dimension, values: inOrder(dimension, values[i] ?? []), isRest: false })),
    count,
    isRest: false,
  }));
  if (rest === 0) return counted;
  return [
    ...counted,
    { keys: chosen.map((dimension) => ({ dimension, values: [], isRest: true })), count: rest, isRest: true },
  ];
}

function keyOf({ from: origin }: Dimension, from: Sources): GroupKey {
  return "value" in origin
    ? { value: (alias) => origin.value((column) => at(alias, column)) }
    : { values: origin.values(from) };
}

function inOrder({ numeric }: Dimension, values: string[]): string[] {
  return numeric ? values.sort((one, other) => Number(one) - Number(other)) : values;
}

function chosenDimensions(dimensions: readonly Dimension[], names: readonly string[]): Dimension[] {
  if (names.length < 1 || names.length > DIMENSIONS_AT_MOST || new Set(names).size < names.length) {
    throw badInput(
      "BAD_GROUPING",
      `groupBy takes 1 to ${DIMENSIONS_AT_MOST} different dimensions, but got ${names.join(", ") || "none"}`,
    );
  }
  return names.map((name) => {
    const dimension = dimensions.find((candidate) => candidate.name === name);
    if (dimension === undefined) throw new Error(`there is no dimension ${name}`);
    return dimension;
  });
}
