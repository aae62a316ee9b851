const list = (words: string) => new Set(words.split(' '))

export const TITLES = list(
  'mr mrs ms miss dr prof professor sir madam lord lady rev captain judge senator president herr frau monsieur madame señor señora mr. mrs. ms. dr. prof. rev.',
)
/** Between the parts of a name. */
export const PARTICLES = list('van von de der den del della di da dos das du la le ter ten zu bin ibn al el af av y')
/** Last words of companies and institutions. */
export const COMPANY = list(
  'ltd ltd. limited inc inc. incorporated llc llp plc gmbh ag sa s.a. srl bv b.v. nv oy ab as a/s aps kg kft sarl sas spa s.p.a. pty corp corp. corporation co. company group holdings bank university college institute foundation association agency ministry department council technologies technology systems solutions partners services consulting industries enterprises laboratories labs software networks media airlines insurance hospital school church club committee society trust',
)
/** What a street's name has as a word, or ends in. */
export const STREET =
  /^(?:street|str|st|avenue|ave|av|road|rd|lane|ln|drive|dr|way|boulevard|blvd|court|ct|place|pl|square|sq|terrace|highway|hwy|via|viale|piazza|corso|rue|avenida|calle|carrera|rua|travessa|ul|ulica|trg|utca|út|u|plaza|allee|chemin|quai|route|crescent|close|grove|parade|strada|bulevardul|.{3,}(?:stra(?:ß|ss)e|str|weg|platz|gasse|gata|gatan|vägen|vegen|veien|vej|gade|straat|laan|plein|dreef|steenweg|katu|tie|utca))\.?$/iu
/** Part of a building, before its number. */
export const ROOM = /^(?:suite|apt|apartment|unit|floor|room|flat|box|psc)\.?$/i
/** Written with a capital, and nobody's name. */
export const NO_NAMES = list(
  'i ok okay hi hello hey dear yes no please thanks thank you sorry god internet english french german spanish american british european chinese japanese indian russian italian christmas easter january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun am pm utc gmt api url http https json html css sql pdf cpu gpu usd eur gbp ssn iban dob id ip vat faq ceo cto cfo hr pr tv pc github google docs',
)

export const PERSON_BEFORE =
  /(?:\bname(?:['’]?s| is|d|:)?|\bcall(?:s|ed)? (?:me|him|her)|\bcall|\bnamed (?:him|her)|\bi am|\bi['’]?m|\bthis is|\bhi|\bhello|\bdear|\bsincerely|\bregards|\bby|\bstarring|\bmet|\bsaid|\bsays|\bbrother|\bsister|\bwife|\bhusband|\bfriend|\bpartner|\bdaughter|\bson|\bmother|\bfather|\bdr|\bmrs?|\bms|\bmiss|\bfor|\bwith|\bto add|\btribute to|\buser:|\bby|\bfrom:|\bto:|\bgiven|\bunlike|\bare you,?|\bat)[\s:,"'>.]{1,3}$/i
export const PLACE_BEFORE =
  /(?:\bin|\bfrom|\bvisit(?:ed|ing)?|\blives? (?:in|at|near)|\bnear|\btraveling to|\bto|\bcoming to|\bmoved? (?:here )?(?:to|from)|\bhome ?(?:city|town)(?: is)?|\bcountry(?: is| of)?|\bcity(?: is| of)?|\barrived (?:in|at)|\bdown from|\bhear that|\bcapital of)[\s:]{1,2}$/i
export const ORGANIZATION_BEFORE =
  /(?:\b(?:work(?:s|ed|ing)?|employed|year|job) (?:at|for|by)|\brecorded for|\baddress of|\bceo of|\bfounder of|\bcompany|\bemployer|\bfirm|\bduring the \d{4}s,|\blater became|\bmeet \w{3,9} at|\bthe following year at)[\s:]{1,2}$/i
export const ORGANIZATION_AFTER =
  /^[,\s]{1,2}(?:office|invested|is a 501|became the first|is headquartered|announced|employs|acquired|shares|is the brainchild)/i
export const PERSON_AFTER =
  /^(?:['’]s\b|[,:]?\s(?:says?|said|told|wrote|asked|is (?:a|my|the|so|very)|was (?:a|born)|has|had|will|can|and i|himself|herself|points out|thinks|lives|works|explained|shouted)\b)/i
