import Type from 'typebox'

/** What many queries of the admin API are made of. */

/** Of a query: narrows by a name. */
export const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 512 }))

/** Of a query whose rows have ids that grow. */
export const Paging = (usual: number, most: number) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: usual })),
  cursor: Type.Optional(Type.Integer({ minimum: 1, description: '`next_cursor` of the page before' })),
})

/** Where the next page begins; `null` after the last one. */
export function cursorAfter(rows: readonly { id: number }[], limit: number): number | null {
  return rows.length < limit ? null : rows.at(-1)!.id
}
