// The filter input of a record type, made from its declaration. What it means is in database/read/filter.ts.
import { Field, Float, InputType, Int, type ClassType } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import type { FilterField } from "../database/declare/filter-fields";
import { memberField, type RecordType, type RecordUnion, type Reference } from "../database/declare/record-type";
import { dayByDefault, type Relation } from "../database/declare/relation";
import { CONDITIONS_AT_MOST } from "../database/read/filter";
import { upperFirst } from "../kernel/names";
import { comparatorOf, IdComparator, IntComparator } from "./comparators";
import { addInput, type ArgDeclaration } from "./declare-field";
import { GeoPointInput } from "./order-inputs";
import { DateScalar } from "./scalars";

/** What is said of validOn, by what leaving it out means. */
export const DAY_DESCRIPTIONS = {
  today: "Only those in force on this day; left out, today; null, at any time.",
  anyTime: "Only those in force on this day; left out, at any time.",
};

@InputType("NearInput", { description: "A circle on earth." })
class NearInput extends GeoPointInput {
  @Field(() => Float, { description: "The circle's radius in kilometres, along the great circle." })
  withinKm!: number;
}

const filters = new Map<RecordType, ClassType>();

/** The class that stands for the filter of a record type, for arguments: `@Field(() => filterOf(city), { nullable: true })`. */
export function filterOf(type: RecordType): ClassType {
  const known = filters.get(type);
  if (known !== undefined) return known;
  class Filter {}
  filters.set(type, Filter);
  InputType(`${type.name}Filter`, {
    description:
      `Which ${type.plural} are meant. All conditions that are given must hold; ${CONDITIONS_AT_MOST} at most, ` +
      "counted through and, or, not and related records.",
  })(Filter);
  return Filter;
}

/** The fields of all filters. */
export function addFilterFields(catalogue: Catalogue): void {
  for (const type of catalogue.records) {
    for (const [name, field] of catalogue.filterFieldsOf(type)) {
      addInput(filterOf(type), { name, ...inputOf(type, field) });
    }
  }
}

function inputOf(type: RecordType, field: FilterField): Omit<ArgDeclaration, "name"> {
  const filter = filterOf(type);
  switch (field.kind) {
    case "and":
      return { type: () => [filter], description: "All of these hold." };
    case "or":
      return {
        type: () => [filter],
        description: "At least one of these holds; none does where the list is empty.",
      };
    case "not":
      return { type: () => filter, description: "This does not hold." };
    case "id":
      return { type: () => IdComparator, description: "Its id, as this API gave it." };
    case "validOn":
      return { type: () => DateScalar, description: "In force on this day." };
    case "near":
      return {
        type: () => NearInput,
        description: "Within this circle. One whose place is not known is in none.",
      };
    case "condition": {
      const { takes, description } = field.condition;
      return { type: () => (takes === "day" ? DateScalar : Int), description };
    }
    case "column": {
      const comparator = comparatorOf(field.column);
      return { type: () => comparator, description: field.column.description };
    }
    case "reference": {
      const target = referenceFilter(field.reference);
      return { type: () => target, description: `${field.reference.description} It fulfils this.` };
    }
    case "relation": {
      const condition = relationCondition(type, field.relation);
      return { type: () => condition, description: field.relation.description };
    }
  }
}

function referenceFilter(reference: Reference): ClassType {
  if (reference.anyOf !== undefined) return unionFilter(reference.anyOf);
  return reference.nullable ? nullableReference(reference.to()) : filterOf(reference.to());
}

const unions = new Map<RecordUnion, ClassType>();

function unionFilter(union: RecordUnion): ClassType {
  const known = unions.get(union);
  if (known !== undefined) return known;
  class UnionFilter {}
  unions.set(union, UnionFilter);
  InputType(`${union.name}Filter`, {
    description: `Which ${union.name} is meant: of one type, and what it fulfils.`,
  })(UnionFilter);
  for (const member of union.members()) {
    addInput(UnionFilter, {
      name: memberField(member),
      type: () => filterOf(member),
      description: `It is a ${member.name} that fulfils this.`,
    });
  }
  addInput(UnionFilter, {
    name: "isNull",
    type: () => Boolean,
    description: "True: there is none. False: there is one.",
  });
  return UnionFilter;
}

const nullable = new Map<RecordType, ClassType>();

/** The filter of a record that may be missing: the record's own, and isNull. */
function nullableReference(type: RecordType): ClassType {
  const known = nullable.get(type);
  if (known !== undefined) return known;
  class NullableFilter extends filterOf(type) {}
  nullable.set(type, NullableFilter);
  InputType(`Nullable${type.name}Filter`, {
    description: `As ${type.name}Filter, of a reference that may be missing.`,
  })(NullableFilter);
  addInput(NullableFilter, {
    name: "isNull",
    type: () => Boolean,
    description: "True: there is none, or it is not known. False: there is one.",
  });
  return NullableFilter;
}

function relationCondition(type: RecordType, relation: Relation): ClassType {
  const target = filterOf(relation.to);
  class RelationFilter {}
  InputType(`${type.name}${upperFirst(relation.name)}Condition`, {
    description: `What is asked of the ${relation.name} of a ${type.name}. At least one of some, none and count.`,
  })(RelationFilter);
  addInput(RelationFilter, { name: "some", type: () => target, description: "At least one fulfils this." });
  addInput(RelationFilter, { name: "none", type: () => target, description: "Not one fulfils this." });
  addInput(RelationFilter, { name: "count", type: () => IntComparator, description: "How many there are." });
  const day = dayByDefault(relation);
  if (day !== undefined) {
    addInput(RelationFilter, { name: "validOn", type: () => DateScalar, description: DAY_DESCRIPTIONS[day] });
  }
  return RelationFilter;
}
