/** Rows that one transaction takes away or moves, so that records are not kept waiting for more than some milliseconds. */
export const STEP_ROWS = 50
