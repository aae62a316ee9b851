import type { Strategy } from '../core/ports.ts'

/** The file's order: the first target that works answers. */
export const priority: Strategy = {
  id: 'priority',
  order: ({ targets }) => targets.map((target, index) => ({ target, why: `${ordinal(index + 1)} of the list` })),
}

function ordinal(place: number): string {
  const teens = place % 100 > 10 && place % 100 < 14
  return `${place}${(!teens && ['th', 'st', 'nd', 'rd'][place % 10]) || 'th'}`
}
