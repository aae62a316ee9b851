import Type from 'typebox'

/** Pieces that many shapes of the admin API are made of. */

export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const Text = Nullable(Type.String())
export const Count = Nullable(Type.Integer({ minimum: 0 }))
export const Milliseconds = Nullable(Type.Number({ minimum: 0 }))
