import { stemOf } from './stems.ts'

/** Groups of words that stand for one another in most sentences; divided by bars, accents left out. */
const GROUPS = `movie film cinema | begin start commence | big large huge | country nation | child kid |
buy purchase bought acquire | quick fast rapid quickly | help assist aid support | show display present | use utilize employ |
need require necessary must | get obtain receive got | people persons folks | name call title | famous well-known popular renowned |
often frequently commonly usually typically | approximately about around roughly nearly circa | car automobile vehicle |
job occupation profession | author writer | write compose pen | song track tune | make create develop design invent produce |
found establish start launch set | located situated based | city town | contain include comprise consist |
kind type sort variety | difficult hard tough | easy simple | main primary principal chief key | important significant major crucial |
increase grow rise raise | decrease reduce decline drop fall | finish conclude end complete | cost price fee charge |
allow permit let admit | choose select pick | change alter modify adjust | keep retain | enough sufficient |
doctor physician | lawyer attorney | ill sick | photo picture photograph image photography | maximum most | minimum least |
annual yearly | cancel terminate | refund reimburse repay | ship deliver send dispatch | employee worker staff |
company firm business enterprise corporation | customer client | error mistake fault | avoid prevent | ban prohibit forbid |
answer reply respond response | ask inquire request | fix repair mend | near close nearby | several various multiple |
whole entire complete | happen occur | speak talk | teach instruct | think believe | travel trip journey | house home |
money cash funds | also additionally too | bike bicycle | phone telephone mobile | tv television | discover find detect |
oversee supervise manage lead | earn gain | die death dead pass | baby infant | sea ocean | forest woods | street road |
kostenlos gratis umsonst | beginnen anfangen starten | kaufen erwerben | brauchen benotigen | bekommen erhalten | maximal hochstens |
mindestens minimum | auto wagen | zeigen anzeigen | helfen unterstutzen | gratuit offert | commencer debuter | acheter acquerir |
empezar comenzar | comprar adquirir | necesitar requerir | gratis gratuito`
const NAMES = `us usa america american | uk britain british england | nyc york | la angeles | eu europe european | ai artificial |
tv television | germany german deutschland | holland netherlands dutch | spain spanish | france french | burma myanmar`
const MEANINGS = groupsOf(GROUPS)
const SAME_NAMES = groupsOf(NAMES)

/** The name of the group that a stem is in; `null` where it is in none. */
export function meaningOf(stem: string): string | null {
  return MEANINGS.get(stem) ?? null
}

/** The same for names: of countries, and for short. */
export function nameOf(stem: string): string | null {
  return SAME_NAMES.get(stem) ?? null
}

function groupsOf(table: string): Map<string, string> {
  const groups = new Map<string, string>()
  for (const group of table.split('|')) {
    const stems = group.trim().split(/\s+/).map(stemOf)
    for (const stem of stems) if (!groups.has(stem)) groups.set(stem, stems[0]!)
  }
  return groups
}
