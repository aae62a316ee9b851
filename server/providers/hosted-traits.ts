/** Traits of a vendor with an API of its own that is called over the internet with a key. */
export const HOSTED_TRAITS = { quirks: {}, selfHosted: false, synthetic: false, needsKey: true, options: {} } as const
