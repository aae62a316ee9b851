const KNOWN = new Set(
  `mr mrs ms dr prof st jr sr vs etc e.g i.e eg ie no nos vol fig figs sec ch pp approx inc ltd co corp dept est gov gen col
capt sgt rev hon al cf viz ca bzw usw nr abs art bd str tel inkl exkl zzgl evtl ggf max min mind vgl z.b u.a d.h i.d.r
o.ä s.o s.u sog st hl mme mlle m p.ex av env éd chap sr sra dra dña ud uds ee.uu p.ej núm pág aprox sig dott sig.ra
ecc jan feb mar apr jun jul aug sep sept okt oct nov dez dec mon tue wed thu fri sat sun u.s u.k a.m p.m`.split(/\s+/),
)
/** `J.` of a name, `U.S`, `z.B`. */
const INITIALS = /^(?:\p{L}\.)*\p{L}$/u

/** Does a point after this word rather shorten it than end a sentence? */
export function isAbbreviation(word: string): boolean {
  return INITIALS.test(word) || KNOWN.has(word.toLowerCase())
}
