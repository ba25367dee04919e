// What every session of a database is told, on both backends.

/**
 * A set of related records is hashed once for a statement where the planner expects it to fit in this; else each row would look through all of
 * it. 128 MB take some three million ids, which few statements ever need.
 */
const MEMORY_FOR_SETS = "SET work_mem = '4MB'; SET hash_mem_multiplier = 32";

/** JIT compiles without looking for interrupts: a statement that is past its time would run on for as long as that takes. */
const NO_JIT = "SET jit = off";

/** A request has the processor time of one process, which its price is told in. */
const NO_PARALLEL_WORKERS = "SET max_parallel_workers_per_gather = 0";

export const SESSION_SETTINGS = `${MEMORY_FOR_SETS}; ${NO_JIT}; ${NO_PARALLEL_WORKERS}`;
