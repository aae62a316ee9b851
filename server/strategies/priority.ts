import type { Strategy } from '../core/ports.ts'

/** The file's order: the first target that works answers. */
export const priority: Strategy = { id: 'priority', order: (targets) => targets }
