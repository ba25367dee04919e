-- What was answered to a mutation that came with an idempotency key, for a day. See src/database/write/idempotency.ts.
CREATE TABLE "idempotent_write" (
    "api_key_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "record_id" UUID,
    "revision" BIGINT NOT NULL,
    "errors" JSONB NOT NULL,
    "referrers" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_write_pkey" PRIMARY KEY ("api_key_id","key")
);

CREATE INDEX "idempotent_write_written_at_idx" ON "idempotent_write"("written_at");

ALTER TABLE "idempotent_write" ADD CONSTRAINT "idempotent_write_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
