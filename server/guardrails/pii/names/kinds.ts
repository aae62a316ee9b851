const list = (words: string) => new Set(words.split(' '))

export const TITLES = list(
  'mr mrs ms miss dr prof professor sir madam lord lady rev captain judge senator president herr frau monsieur madame señor señora mr. mrs. ms. dr. prof. rev.',
)
/** Between the parts of a name. */
export const PARTICLES = list('van von de der den del della di da dos das du la le ter ten zu bin ibn al el af av y')
/** After a person's name. */
export const SUFFIXES = list('md m.d. phd ph.d. dds dvm jd mba jr jr. sr sr. esq esq. ii iii iv')
/** Forms of companies in law, also written small. */
export const LEGAL_FORMS = list(
  'ltd ltd. limited inc inc. incorporated llc l.l.c. llp plc gmbh mbh s.a. s.a.s. s.a.r.l. srl s.r.l. bv b.v. n.v. oyj a/s aps kft sarl s.p.a. pty corp corp. corporation co. ltda ltda. s.l. sro s.r.o. a.s. d.o.o. doo ooo pte bhd sdn kgaa ohg e.v. zrt sp.z.o.o',
)
/** Last words of companies and institutions. */
export const COMPANY = new Set([
  ...LEGAL_FORMS,
  ...list(
    'ag sa nv oy ab as kg sas spa company group gruppe groupe grupo gruppo holding holdings bank banca banco banque university universität universidad université università college institute institut instituto foundation stiftung association agency ministry department council technologies technology systems solutions partners services consulting industries enterprises laboratories labs software networks media airlines airways insurance hospital clinic school academy church club committee society trust bros bros. motors pharmaceuticals logistics ventures capital securities realty restaurant hotel museum movers communications electronics foods',
  ),
])
/** Institutions that have their names after `of`. */
export const INSTITUTIONS = list(
  'bank university college institute ministry department council school academy church society museum office bureau faculty association foundation hospital house republic',
)
/** Written with a capital before a company's name, and no part of it. */
export const NEVER_FIRST = list(
  'the a an our my his her their this that these those for from at in on of and or with by to as if when while after before but so since until i we you they it he she hi hello hey dear thanks thank please sorry yes no ok okay',
)
/** What a street's name has as a word, or ends in. */
export const STREET =
  /^(?:street|str|st|avenue|ave|av|road|rd|lane|ln|drive|dr|way|boulevard|blvd|court|ct|place|pl|square|sq|terrace|highway|hwy|via|viale|piazza|corso|rue|avenida|calle|carrera|rua|travessa|ul|ulica|trg|utca|út|u|plaza|allee|chemin|quai|route|crescent|close|grove|parade|strada|bulevardul|.{3,}(?:stra(?:ß|ss)e|str|weg|platz|gasse|gata|gatan|vägen|vegen|veien|vej|gade|straat|laan|plein|dreef|steenweg|katu|tie|utca))\.?$/iu
/** Part of a building, before its number. */
export const ROOM = /^(?:suite|apt|apartment|unit|floor|room|flat|box|psc)\.?$/i
/** Streets by their last word alone, without a number. */
export const STREET_WORD = /^(?:street|avenue|road|lane|boulevard|drive|highway)$/
/** Post to forces abroad, and the ships that it goes to. */
export const FORCES = list('apo fpo dpo')
export const SHIPS = list('uss usns uscgc usnv usav')
/** Written with a capital, and nobody's name. */
export const NO_NAMES = list(
  'i ok okay hi hello hey dear yes no please thanks thank you sorry god internet english french german spanish american british european chinese japanese indian russian italian christmas easter january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun am pm utc gmt api url http https json html css sql pdf cpu gpu usd eur gbp ssn iban dob id ip vat faq ceo cto cfo hr pr tv pc github google docs thai dutch swiss swedish danish norwegian finnish polish greek turkish portuguese brazilian mexican canadian australian irish scottish welsh korean vietnamese indonesian egyptian nigerian israeli iranian iraqi ukrainian czech hungarian romanian arabic hebrew hindi latin asian african european christian muslim jewish buddhist catholic',
)

export const PERSON_BEFORE =
  /(?:\bname(?:['’]?s| is|d|:)?|\bcall(?:s|ed)? (?:me|him|her)|\bcall|\bnamed (?:him|her)|\bi am|\bi['’]?m|\bthis is|\bhi|\bhello|\bdear|\bsincerely|\bregards|\bby|\bstarring|\bmet|\bsaid|\bsays|\bbrother|\bsister|\bwife|\bhusband|\bfriend|\bpartner|\bdaughter|\bson|\bmother|\bfather|\bdr|\bmrs?|\bms|\bmiss|\bfor|\bwith|\bto add|\btribute to|\buser:|\bby|\bfrom:|\bto:|\bgiven|\bunlike|\bare you,?|\bat)[\s:,"'>.]{1,3}$/i
export const PLACE_BEFORE =
  /(?:\bin|\bfrom|\bvisit(?:ed|ing)?|\blives? (?:in|at|near)|\bnear|\btraveling to|\bto|\bcoming to|\bmoved? (?:here )?(?:to|from)|\bhome ?(?:city|town)(?: is)?|\bcountry(?: is| of)?|\bcity(?: is| of)?|\barrived (?:in|at)|\bdown from|\bhear that|\bcapital of)[\s:]{1,2}$/i
export const ORGANIZATION_BEFORE =
  /(?:\b(?:work(?:s|ed|ing)?|employed|year|job) (?:at|for|by)|\baddress of|\bceo of|\bfounder of|\bcompany|\bemployer|\bfirm)[\s:]{1,2}$/i
const ROLES =
  'ceo|cfo|cto|founder|co-founder|director|chairman|chairwoman|owner|manager|head|employees?|subsidiary|shares?|shareholders?'
/** Of what people say of those that employ, sell and own. */
export const EMPLOYER_BEFORE = new RegExp(
  `(?:\\b(?:${ROLES}) (?:of|at|in)|\\b(?:hired|acquired|owned|founded|bought|run) by|\\bcompany (?:called|named)|\\bjoined|\\b(?:account|internship|interview|contract|job) (?:at|with)|\\bjob offer from)[\\s:]{1,2}$`,
  'i',
)
export const EMPLOYER_AFTER =
  /^(?:['’]s)?\s(?:ceo|cfo|shareholders?|stock|employees|customers|headquarters|subsidiary|company|corporation|bank|hotel|university|hospital|airline|store|branch|restaurant)\b/
export const ORGANIZATION_AFTER = /^[,\s]{1,2}(?:office|is headquartered|announced|employs|acquired|shares)/i
export const PERSON_AFTER =
  /^(?:['’]s\b|[,:]?\s(?:says?|said|told|wrote|asked|is (?:a|my|the|so|very)|was (?:a|born)|has|had|will|can|and i|himself|herself|points out|thinks|lives|works|explained|shouted)\b)/i
