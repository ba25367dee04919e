// The row types that Prisma generates from prisma/schema.prisma, for the rooms' declarations.
export type * from "./generated/client";
