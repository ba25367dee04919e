// The root fields that count records in groups. One mechanism for all record types: what differs is declared as dimensions.
import { Args, ArgsType, Ctx, Field, Query, Resolver, type ClassType } from "type-graphql";
import type { RecordType } from "../database/declare/record-type";
import type { FilterInput } from "../database/read/filter";
import { groupedCounts, GROUPS_AT_MOST, type GroupKey } from "../database/read/grouped-counts";
import { at } from "../database/sql";
import type { RequestContext } from "../graph/context";
import { enumOf } from "../graph/enums";
import { filterOf } from "../graph/filter-inputs";
import type { FieldPrice } from "../graph/prices/asked";
import { Cost } from "../graph/prices/field-cost";
import { DateScalar } from "../graph/scalars";
import { badInput } from "../kernel/errors";
import { project } from "../projects/project.record";
import { city } from "../registry/city.record";
import { cityDimensions } from "./city-dimensions";
import { Sources, type Dimension } from "./dimension";
import { GROUPS_USUALLY, rowsPrice, statisticPrice } from "./prices";
import { projectDimensions } from "./project-dimensions";
import { StatisticGroup } from "./statistic-types";

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

/** What is given of the arguments of grouped counts. */
interface GroupArgs {
  filter?: FilterInput | null;
  groupBy: string[];
  severalValues: "TOGETHER" | "EACH" | null;
}

/** The arguments of the grouped counts of a type. @param dimensions what its records can be grouped by */
function groupArgs(type: RecordType, dimensions: readonly Dimension[]): ClassType<GroupArgs> {
  const Dimensions = enumOf({
    name: `${type.name}Dimension`,
    description: `What ${type.plural} can be grouped by.`,
    values: Object.fromEntries(dimensions.map(({ name, description }) => [name, description])),
  });
  @ArgsType()
  class Arguments implements GroupArgs {
    @Field(() => filterOf(type), { nullable: true, description: "Only those that fulfil this." })
    filter?: FilterInput | null;

    @Field(() => [Dimensions], {
      description: `The dimensions, 1 to ${DIMENSIONS_AT_MOST} different ones. By two, a group is of records that share both.`,
    })
    groupBy!: string[];

    @Field(() => SeveralValues, {
      nullable: true,
      defaultValue: "TOGETHER",
      description: "How records with several values in a dimension count.",
    })
    severalValues!: GroupArgs["severalValues"];
  }
  return Arguments;
}

const ProjectGroupArgs = groupArgs(project, projectDimensions);

@ArgsType()
class CityGroupArgs extends groupArgs(city, cityDimensions) {
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The day on which the dimensions are taken: designations, memberships, the state of reporting. Left out, today. It does not change the filter: memberOn in the filter picks the members of a day.",
  })
  validOn?: string | null;
}

function description({ plural }: RecordType): string {
  return (
    `How many ${plural} fulfil the filter, in groups by one dimension or two: those that the list ${plural} shows you with the same filter. ` +
    `The largest groups come first, ${GROUPS_AT_MOST} at most: where there are more, the last one is the rest. Groups of nothing are left out.`
  );
}

@Resolver()
export class GroupedStatistics {
  @Query(() => [StatisticGroup], { description: description(city) })
  @Cost({ listSize: GROUPS_USUALLY, price: groupsPrice(city, cityDimensions) })
  cityStatistics(
    @Args(() => CityGroupArgs) args: CityGroupArgs,
    @Ctx() context: RequestContext,
  ): Promise<StatisticGroup[]> {
    return groupsOf(city, cityDimensions, args, args.validOn ?? context.read.today, context);
  }

  @Query(() => [StatisticGroup], { description: description(project) })
  @Cost({ listSize: GROUPS_USUALLY, price: groupsPrice(project, projectDimensions) })
  projectStatistics(
    @Args(() => ProjectGroupArgs) args: GroupArgs,
    @Ctx() context: RequestContext,
  ): Promise<StatisticGroup[]> {
    return groupsOf(project, projectDimensions, args, context.read.today, context);
  }
}

/** The rows that are grouped, and for each dimension the rows that its values are read from. */
function groupsPrice(type: RecordType, dimensions: readonly Dimension[]): FieldPrice {
  const listed = statisticPrice({ [type.table]: 0.15 }, type);
  return (asked) => {
    const names: readonly unknown[] = [asked.args.groupBy].flat();
    const chosen = dimensions.filter(({ name }) => names.includes(name));
    return chosen.reduce((sum, { read }) => sum + rowsPrice(asked.sizes, read), listed(asked));
  };
}

/** @param day the one on which the dimensions are taken */
async function groupsOf(
  type: RecordType,
  dimensions: readonly Dimension[],
  { filter, groupBy, severalValues }: GroupArgs,
  day: string,
  { database, catalogue, read }: RequestContext,
): Promise<StatisticGroup[]> {
  const chosen = chosenDimensions(dimensions, groupBy);
  const from = new Sources(catalogue, read, day);
  const { groups, rest } = await groupedCounts(database, catalogue, read, {
    type,
    filter: filter ?? undefined,
    keys: chosen.map((dimension) => keyOf(dimension, from)),
    each: severalValues === "EACH",
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
