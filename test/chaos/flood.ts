/** What each stream of the flood has to say in all. */
export const FLOOD_BYTES = 100 * 2 ** 20
