// Where Prisma's command line finds the schema and its migrations. The server itself migrates
// with the same files through src/database/migrate.ts and reads its own configuration.
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
